import type { Question, Sample } from "@quorate/core";
import type { Elicitor } from "./elicitor.ts";

/**
 * The sample with the signal that the elicitor reads, and a distribution where measuring it gives one. A signal that is there
 * stays as it is; where the response does not show what it takes, nothing is added.
 */
export function withSignal<Given extends Pick<Sample, "signals" | "extraction" | "text" | "tokens" | "distribution">>(
  sample: Given,
  elicitor: Pick<Elicitor, "needs" | "measure"> | undefined,
  question: Pick<Question, "kind" | "options">,
): Given {
  if (elicitor?.measure === undefined || sample.signals[elicitor.needs] !== undefined) return sample;
  const { reading, distribution } = elicitor.measure.read(sample, question);
  if (reading === undefined && distribution === undefined) return sample;
  return {
    ...sample,
    ...(reading !== undefined && { signals: { ...sample.signals, [elicitor.needs]: reading } }),
    ...(distribution !== undefined && sample.distribution === undefined && { distribution }),
  };
}
