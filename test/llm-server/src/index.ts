export type { JournalPage, PromptTotals, ServerTotals } from "./control.ts";
export { type FaultKind, faultKinds } from "./fault-rule.ts";
export type { JournalEntry, JournalTotals } from "./journal.ts";
export type { LlmServerOptions } from "./options.ts";
export type { BilledUsage, Price } from "./price.ts";
export { type LlmServer, startLlmServer } from "./server.ts";
export { countTokens } from "./tokens.ts";
