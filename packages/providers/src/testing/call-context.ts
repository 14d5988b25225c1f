import type { CallContext, IndexedOutcome, Provider, SampleRequest } from "../contract.ts";
import { seededRandom } from "../seeded-random.ts";
import { ManualClock } from "./manual-clock.ts";
import { RecordingLedger } from "./recording-ledger.ts";
import { UnlimitedLimiter } from "./unlimited-limiter.ts";

export interface TestContext extends CallContext {
  readonly ledger: RecordingLedger;
  readonly limiter: UnlimitedLimiter;
  readonly clock: ManualClock;
  readonly abort: (reason?: unknown) => void;
}

/** A context of which a test can see everything; its sleeps take no time. */
export function testContext(parts: Partial<Pick<TestContext, "ledger" | "clock">> = {}): TestContext {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    ledger: parts.ledger ?? new RecordingLedger(),
    limiter: new UnlimitedLimiter(),
    clock: parts.clock ?? new ManualClock({ jumps: true }),
    random: seededRandom("test context"),
    abort: (reason) => controller.abort(reason),
  };
}

/** All outcomes in the order in which they came. */
export async function collectOutcomes(
  provider: Provider,
  request: SampleRequest,
  indexes: readonly number[],
  context: CallContext,
): Promise<readonly IndexedOutcome[]> {
  const outcomes: IndexedOutcome[] = [];
  for await (const one of provider.sample(request, indexes, context)) outcomes.push(one);
  return outcomes;
}

/** A small request that any provider can take. */
export function testRequest(parts: Partial<SampleRequest> = {}): SampleRequest {
  const text = "What is 6 × 7?";
  return {
    question: { id: "six-times-seven", text, kind: "number" },
    messages: [{ role: "user", content: text }],
    maxTokens: 64,
    signals: [],
    keepTokens: false,
    ...parts,
  };
}
