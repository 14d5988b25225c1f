import type { KnownOrUnknown, Usage, Usd } from "@quorate/core";
import { z } from "zod";

/**
 * `ledger.jsonl`: an intent before each attempt leaves, and one ending after it. An intent without an ending belongs to a
 * process that died: it is presumed spent by the next one. A missing `usd` means that the price is unknown.
 */
export const ledgerLineSchema = z.union([
  z.object({
    intent: z.int(),
    question: z.int(),
    /** Empty where the attempt asks about samples. */
    samples: z.array(z.int()),
    /** What is asked about samples, by the key of its line in the journal. */
    call: z.string().optional(),
    worstCaseUsd: z.union([z.number(), z.literal("unknown")]),
  }),
  z.object({ settled: z.int(), usd: z.number().optional() }),
  z.object({ presumed: z.int(), why: z.string() }),
  z.object({ released: z.int(), why: z.string() }),
]);

export type LedgerLine = z.infer<typeof ledgerLineSchema>;

export function intentLine(
  attempt: number,
  question: number,
  samples: readonly number[],
  worstCaseUsd: KnownOrUnknown,
  call?: string,
): string {
  const asked = call === undefined ? "" : `,"call":${JSON.stringify(call)}`;
  const usd = worstCaseUsd === "unknown" ? '"unknown"' : worstCaseUsd;
  return `{"intent":${attempt},"question":${question},"samples":[${samples.join(",")}]${asked},"worstCaseUsd":${usd}}`;
}

export function settledLine(attempt: number, usage: Usage, usd: Usd | undefined): string {
  return JSON.stringify({ settled: attempt, usage, ...(usd !== undefined && { usd }) });
}

export function presumedLine(attempt: number, why: string): string {
  return JSON.stringify({ presumed: attempt, why });
}

export function releasedLine(attempt: number, why: string): string {
  return JSON.stringify({ released: attempt, why });
}
