import type { SeedPart } from "@quorate/providers";
import { bootstrapInterval } from "./bootstrap.ts";
import { type Difference, differenceLeftOpen } from "./group-difference.ts";
import { GroupSums } from "./group-sums.ts";
import { sumOf } from "./normal-interval.ts";

/** One question in one run. */
export interface PairedSide {
  /** Absent without gold. */
  readonly correct?: boolean;
  readonly samples: number;
  /** Absent when unknown. */
  readonly costUsd?: number;
}

/** The same question in both runs. */
export interface Pair {
  readonly group?: string;
  readonly a: PairedSide;
  readonly b: PairedSide;
}

export interface PairedDifference {
  readonly questions: number;
  readonly accuracy?: Difference;
  readonly samples?: Difference;
  readonly costUsd?: Difference;
  /** Graded questions that only one run got right. */
  readonly discordant: { readonly onlyA: number; readonly onlyB: number };
}

export interface PairedOptions {
  readonly seed: SeedPart;
  /** @default 2000 */
  readonly resamples?: number;
}

/** Compares two runs question by question. Both sides of a question are resampled together, and groups whole. */
export function pairedDifference(pairs: Iterable<Pair>, options: PairedOptions): PairedDifference {
  const sums = { accuracy: new Paired(), samples: new Paired(), costUsd: new Paired() };
  let questions = 0;
  let onlyA = 0;
  let onlyB = 0;
  for (const { group, a, b } of pairs) {
    questions += 1;
    sums.samples.add(group, a.samples, b.samples);
    if (a.costUsd !== undefined && b.costUsd !== undefined) sums.costUsd.add(group, a.costUsd, b.costUsd);
    if (a.correct === undefined || b.correct === undefined) continue;
    sums.accuracy.add(group, Number(a.correct), Number(b.correct));
    if (a.correct && !b.correct) onlyA += 1;
    if (b.correct && !a.correct) onlyB += 1;
  }
  const samples = sums.samples.difference(options);
  const costUsd = sums.costUsd.difference(options);
  const accuracy = sums.accuracy.difference(options);
  return {
    questions,
    ...(accuracy !== undefined && { accuracy: onlyA + onlyB === 0 ? concordant(accuracy, sums.accuracy) : accuracy }),
    ...(samples !== undefined && { samples }),
    ...(costUsd !== undefined && { costUsd }),
    discordant: { onlyA, onlyB },
  };
}

function concordant(accuracy: Difference, { groups }: Paired): Difference {
  if (accuracy.interval === undefined) return accuracy;
  return { ...accuracy, interval: differenceLeftOpen(groups) };
}

class Paired {
  readonly #differences = new GroupSums();
  #questions = 0;
  #a = 0;
  #b = 0;

  get groups(): number {
    return this.#differences.length;
  }

  add(group: string | undefined, a: number, b: number): void {
    this.#differences.add(group, b - a, 1);
    this.#questions += 1;
    this.#a += a;
    this.#b += b;
  }

  difference({ seed, resamples }: PairedOptions): Difference | undefined {
    if (this.#questions === 0) return undefined;
    const interval = bootstrapInterval(this.#differences, {
      seed,
      isShare: false,
      ...(resamples !== undefined && { resamples }),
    });
    return {
      a: this.#a / this.#questions,
      b: this.#b / this.#questions,
      difference: sumOf(this.#differences.numerators) / this.#questions,
      ...(interval !== undefined && { interval }),
      questions: this.#questions,
    };
  }
}
