import type { Extraction, Signals } from "@quorate/core";

/**
 * Scores the samples of a question by each other. For studies and calibration, where all samples are there; in a vote it would
 * count what the vote counts already, so no policy names one.
 */
export interface JointElicitor {
  readonly name: string;
  /** @returns a score in [0,1] for each sample, in order; undefined for abstentions and where nothing can be said */
  scoreAll(
    samples: readonly { readonly extraction: Extraction; readonly signals: Signals }[],
  ): readonly (number | undefined)[];
}

/** For each sample the share of all weight that its answer has. An undefined weight neither counts nor gets a share alone. */
export function sharesOfWeight(
  samples: Parameters<JointElicitor["scoreAll"]>[0],
  weightOf: (sample: Parameters<JointElicitor["scoreAll"]>[0][number]) => number | undefined,
): readonly (number | undefined)[] {
  const sums = new Map<string, number>();
  let total = 0;
  for (const sample of samples) {
    const weight = weightOf(sample);
    if (sample.extraction.kind === "abstention" || weight === undefined) continue;
    const { answer } = sample.extraction;
    sums.set(answer, (sums.get(answer) ?? 0) + weight);
    total += weight;
  }
  return samples.map(({ extraction }) =>
    extraction.kind === "abstention" || total === 0 ? undefined : (sums.get(extraction.answer) ?? 0) / total,
  );
}
