import type { GraderSettings } from "@quorate/answers";
import { QuorateError } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";
import { readEntry } from "../replay/reading.ts";

/** The parameter `library` of the rule `bayes-l3`: how the answers to questions were spread, as counts, largest first. */
export type FrequencyLibrary = readonly { readonly frequencies: readonly number[]; readonly weight: number }[];

export interface FitLibraryOptions {
  /** How answers are read where the trace holds texts. */
  readonly grading?: GraderSettings;
  /** Spreads kept at most; more are thinned evenly from the most unanimous to the most divided. @default 64 */
  readonly size?: number;
  readonly signal?: AbortSignal;
}

/**
 * A prior for `bayes-l3` from recorded samples: every question with an answer counts alike, equal spreads once with their
 * number as weight. Abstentions are left out, as they are in a vote.
 *
 * Fit it on other questions than those it is to decide or to be judged on. On its own questions the rule would know how
 * each one's answers are spread, and look better than it is.
 *
 * @throws QuorateError `bad-option` for a size below 1, `bad-input` for a trace without any answer
 */
export async function fitFrequencyLibrary(
  trace: TraceFile,
  { grading = {}, size = 64, signal }: FitLibraryOptions = {},
): Promise<FrequencyLibrary> {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new QuorateError({
      code: "bad-option",
      what: "The size of the library is off.",
      seen: size,
      expected: "an integer from 1 up",
    });
  }
  const spreads = new Map<string, { frequencies: readonly number[]; weight: number }>();
  for await (const entry of trace) {
    signal?.throwIfAborted();
    const frequencies = countsOf(readEntry(entry, grading).samples);
    if (frequencies.length === 0) continue;
    const key = frequencies.join(" ");
    spreads.set(key, { frequencies, weight: (spreads.get(key)?.weight ?? 0) + 1 });
  }
  if (spreads.size === 0) {
    throw new QuorateError({ code: "bad-input", what: `${trace.path} holds no answer to make a library from.` });
  }
  return thinned([...spreads.values()].sort(byUnanimity), size);
}

function countsOf(samples: ReturnType<typeof readEntry>["samples"]): number[] {
  const counts = new Map<string, number>();
  for (const { extraction } of samples) {
    if (extraction.kind === "answer") counts.set(extraction.answer, (counts.get(extraction.answer) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => b - a);
}

type Spread = FrequencyLibrary[number];

function byUnanimity(a: Spread, b: Spread): number {
  const shares = (spread: Spread) => {
    const total = spread.frequencies.reduce((sum, count) => sum + count, 0);
    return spread.frequencies.map((count) => count / total);
  };
  const [ofA, ofB] = [shares(a), shares(b)];
  const place = ofA.findIndex((share, i) => share !== (ofB[i] ?? 0));
  return place === -1 ? 0 : (ofB[place] ?? 0) - ofA[place]!;
}

/** Each part of the questions, as large as every other, is spoken for by the spread in its middle. */
function thinned(sorted: readonly Spread[], size: number): FrequencyLibrary {
  if (sorted.length <= size) return sorted;
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const kept = new Map<Spread, number>();
  let place = 0;
  let passed = sorted[0]!.weight;
  for (let part = 0; part < size; part += 1) {
    while (passed < ((part + 0.5) * total) / size) {
      place += 1;
      passed += sorted[place]!.weight;
    }
    const spread = sorted[place]!;
    kept.set(spread, (kept.get(spread) ?? 0) + total / size);
  }
  return [...kept].map(([{ frequencies }, weight]) => ({ frequencies, weight }));
}
