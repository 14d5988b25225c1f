import { isQuorateError, type TokenLogprob } from "@quorate/core";
import type { CallContext, Capabilities, IndexedOutcome, Provider, SampleOutcome, SampleRequest } from "../contract.ts";
import { seededPermutation } from "../seeded-permutation.ts";
import type { SeedPart } from "../seeded-random.ts";
import { openTrace, type TraceOptions } from "../trace/open-trace.ts";
import type { RecordedSample, TraceFile } from "../trace/trace-file.ts";
import { type Recordings, recordingsFromSamples, recordingsFromTrace } from "./recordings.ts";

export interface ReplayOptions {
  /** As recorded, or each question's samples shuffled by nothing but seed and question id. @default "recorded" */
  readonly order?: "recorded" | { readonly shuffleSeed: SeedPart };
}

/** Opens a trace and replays it; closing the provider closes the file. */
export async function replayProvider(path: string, options: ReplayOptions & TraceOptions = {}): Promise<Provider> {
  return replayFromTrace(await openTrace(path, options), options);
}

/** Closing the provider closes the trace. */
export function replayFromTrace(trace: TraceFile, options: ReplayOptions = {}): Provider {
  return new ReplayProvider(recordingsFromTrace(trace), options);
}

/** Replays samples that are in memory, by question id. */
export function replayFromSamples(
  samples: ReadonlyMap<string, readonly RecordedSample[]>,
  options: ReplayOptions & { readonly name?: string } = {},
): Provider {
  return new ReplayProvider(recordingsFromSamples(samples, options.name), options);
}

/**
 * Recorded samples as a provider: index i gets the i-th recorded sample in the chosen order. Replaying costs nothing,
 * whatever the recorded samples once did, and leaves no attempts in the ledger.
 */
class ReplayProvider implements Provider {
  readonly id: string;
  readonly account: string;
  readonly can: Capabilities;
  readonly #recordings: Recordings;
  readonly #shuffleSeed: SeedPart | undefined;
  #closed = false;

  constructor(recordings: Recordings, { order = "recorded" }: ReplayOptions) {
    this.#recordings = recordings;
    this.#shuffleSeed = order === "recorded" ? undefined : order.shuffleSeed;
    this.account = `replay:${recordings.name}`;
    // Another order is another run: its samples are not those of the recorded order at the same index.
    this.id = order === "recorded" ? this.account : `${this.account} (shuffled by ${order.shuffleSeed})`;
    this.can = {
      samplesPerRequest: Number.MAX_SAFE_INTEGER,
      temperature: false,
      seed: false,
      signals: recordings.signals,
      shows: recordings.shows,
    };
  }

  worstCaseUsd(): number {
    return 0;
  }

  expectedUsd(): number {
    return 0;
  }

  available(question: SampleRequest["question"]): number | undefined {
    return this.#recordings.holdsFullVotes ? this.#recordings.sampleCount(question.id) : undefined;
  }

  async *sample(
    request: SampleRequest,
    indexes: readonly number[],
    context: CallContext,
  ): AsyncGenerator<IndexedOutcome> {
    if (indexes.length === 0) return;
    let recorded: readonly RecordedSample[];
    try {
      recorded = await this.#recordings.samples(request.question.id);
    } catch (error) {
      const detail = isQuorateError(error)
        ? error.message
        : `${this.#recordings.name} cannot be read: ${String(error)}`;
      for (const index of indexes) yield { index, outcome: { kind: "failed", detail } };
      return;
    }
    const order =
      this.#shuffleSeed === undefined
        ? undefined
        : seededPermutation(recorded.length, this.#shuffleSeed, request.question.id);
    for (const index of indexes) {
      if (context.signal.aborted) yield { index, outcome: { kind: "cancelled" } };
      else yield { index, outcome: outcomeOf(recorded, order?.[index] ?? index, request) };
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#recordings.close();
  }
}

/**
 * The recorded extraction is always given, the text too where it was recorded: whoever wants the answer extracted anew
 * has what is needed. The recorded cost is left out, because this run did not pay it.
 */
function outcomeOf(
  recorded: readonly RecordedSample[],
  place: number,
  { keepTokens, topLogprobs }: SampleRequest,
): SampleOutcome {
  const sample = recorded[place];
  if (sample === undefined) return { kind: "exhausted", available: recorded.length };
  return {
    kind: "response",
    extraction: sample.extraction,
    finishReason: sample.finishReason ?? "other",
    signals: sample.signals,
    ...(sample.distribution !== undefined && { distribution: sample.distribution }),
    ...(sample.text !== undefined && { text: sample.text }),
    ...(sample.usage !== undefined && { usage: sample.usage }),
    ...(sample.latencyMs !== undefined && { latencyMs: sample.latencyMs }),
    ...(keepTokens && sample.tokens !== undefined && { tokens: withLikeliest(sample.tokens, topLogprobs) }),
  };
}

/** As the model would have shown them: a signal made of more of them would be another one. */
function withLikeliest(tokens: readonly TokenLogprob[], count: number | undefined): readonly TokenLogprob[] {
  if (count === undefined) return tokens;
  return tokens.map(({ top, ...token }) =>
    top === undefined || count === 0 ? token : { ...token, top: top.slice(0, count) },
  );
}
