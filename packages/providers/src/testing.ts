export type { TestContext } from "./testing/call-context.ts";
export { collectOutcomes, testContext, testRequest } from "./testing/call-context.ts";
export type { ProviderSubject, ProviderSuite, ProviderTest, TestRunner } from "./testing/describe-provider.ts";
export { describeProvider } from "./testing/describe-provider.ts";
export { ManualClock } from "./testing/manual-clock.ts";
export type { AttemptEnding, RecordedAttempt } from "./testing/recording-ledger.ts";
export { RecordingLedger } from "./testing/recording-ledger.ts";
export { UnlimitedLimiter } from "./testing/unlimited-limiter.ts";
