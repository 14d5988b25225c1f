export type {
  Attempt,
  AttemptLedger,
  CallContext,
  Capabilities,
  Clock,
  IndexedOutcome,
  Limiter,
  Provider,
  SampleOutcome,
  SampleRequest,
  ScoreOutcome,
  ScoreRequest,
} from "./contract.ts";
export type { EmbeddedOptions } from "./embedded/embedded-options.ts";
export { embeddedProvider } from "./embedded/embedded-provider.ts";
export type { AdaptiveLimiterOptions, LimitChange } from "./limits/adaptive-limiter.ts";
export { AdaptiveLimiter } from "./limits/adaptive-limiter.ts";
export { openaiFromEnvironment } from "./openai/openai-from-environment.ts";
export type { OpenaiOptions } from "./openai/openai-options.ts";
export { openaiProvider } from "./openai/openai-provider.ts";
export type { ScoringDialect } from "./openai/scoring/dialect.ts";
export type { BilledUsage, CostBound, Prompt } from "./prices/cost.ts";
export { costBound, expectedUsd, promptTokenBound, usageCostUsd, worstCaseUsd } from "./prices/cost.ts";
export type { LongPromptPrices, ModelPrice, TokenPrices } from "./prices/model-price.ts";
export type { PriceOptions } from "./prices/price-for.ts";
export { priceFor } from "./prices/price-for.ts";
export type { PriceOverrides } from "./prices/price-overrides.ts";
export { parsePriceOverrides, readPriceOverrides } from "./prices/price-overrides.ts";
export type { PromptOptions } from "./prompting.ts";
export { checkTemplate, messagesFor } from "./prompting.ts";
export type { ProviderOptions } from "./provider-from-spec.ts";
export { providerFromSpec } from "./provider-from-spec.ts";
export type { ReplayOptions } from "./replay/replay-provider.ts";
export { replayFromSamples, replayFromTrace, replayProvider } from "./replay/replay-provider.ts";
export { seededPermutation } from "./seeded-permutation.ts";
export type { SeedPart } from "./seeded-random.ts";
export { seededInteger, seededRandom } from "./seeded-random.ts";
export { systemClock } from "./system-clock.ts";
export type { Bytes } from "./trace/bytes.ts";
export { GrowableFloat64, GrowableUint32 } from "./trace/growable.ts";
export { IdIndex } from "./trace/id-index.ts";
export type { Line } from "./trace/lines.ts";
export { forEachLine } from "./trace/lines.ts";
export { openBytes } from "./trace/open-bytes.ts";
export type { TraceOptions } from "./trace/open-trace.ts";
export { openTrace } from "./trace/open-trace.ts";
export type { RecordedCall, RecordedSample, TraceEntry, TraceFile } from "./trace/trace-file.ts";
