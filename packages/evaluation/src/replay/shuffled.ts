import type { Extraction } from "@quorate/core";
import { seededPermutation } from "@quorate/providers";

/** Samples of a question in one order, as far as the full vote looks. */
export interface Shuffled {
  /** Places in the recording. */
  readonly order: Uint32Array;
  /** Of each sample in this order: `abstains`, or the number of its answer, counted from 1 as answers are first seen. */
  readonly labels: Uint32Array;
  /** Answers as first seen in this order. */
  readonly answers: readonly string[];
}

export interface ShuffleSettings {
  readonly permutations: number;
  readonly maxSamples: number;
  readonly seed: string | number;
}

export const abstains = 0;

/** The orders of a question depend on nothing but seed, question id and number of the permutation. */
export function shuffledOrders(id: string, extractions: readonly Extraction[], settings: ShuffleSettings): Shuffled[] {
  const { permutations, maxSamples, seed } = settings;
  const length = Math.min(maxSamples, extractions.length);
  const { classes, answers } = classesOf(extractions);
  const labelOf = new Uint32Array(answers.length);
  return Array.from({ length: permutations }, (_, permutation) => {
    const order = seededPermutation(extractions.length, seed, id, permutation).subarray(0, length);
    const labels = new Uint32Array(length);
    const seen: string[] = [];
    labelOf.fill(abstains);
    for (let place = 0; place < length; place += 1) {
      const known = classes[order[place]!]!;
      if (known === noAnswer) continue;
      if (labelOf[known] === abstains) labelOf[known] = seen.push(answers[known]!);
      labels[place] = labelOf[known]!;
    }
    return { order, labels, answers: seen };
  });
}

const noAnswer = -1;

function classesOf(extractions: readonly Extraction[]): { readonly classes: Int32Array; readonly answers: string[] } {
  const answers: string[] = [];
  const known = new Map<string, number>();
  const classes = Int32Array.from(extractions, (extraction) => {
    if (extraction.kind === "abstention") return noAnswer;
    let place = known.get(extraction.answer);
    if (place === undefined) {
      place = answers.push(extraction.answer) - 1;
      known.set(extraction.answer, place);
    }
    return place;
  });
  return { classes, answers };
}
