import type { Question, Sample } from "@quorate/core";
import { seededRandom } from "@quorate/providers";

/**
 * How long a sample takes. `measured`: as recorded. `lognormal`: median · exp(sigma · Z), Z standard normal, drawn anew for
 * every recorded sample from the seed, so that all policies and orders meet the same times.
 */
export type LatencyModel =
  | { readonly kind: "measured" }
  | {
      readonly kind: "lognormal";
      /** Above 0. */
      readonly medianSeconds: number;
      /** Standard deviation of the logarithm, at least 0. */
      readonly sigma: number;
    };

/** Seconds of each sample in recorded order; undefined where the recording lacks one of them. */
export function secondsOf(
  { id }: Pick<Question, "id">,
  samples: readonly Pick<Sample, "latencyMs">[],
  model: LatencyModel,
  seed: string | number,
): Float64Array | undefined {
  if (model.kind === "measured") {
    if (samples.some(({ latencyMs }) => latencyMs === undefined)) return undefined;
    return Float64Array.from(samples, ({ latencyMs }) => latencyMs! / 1000);
  }
  const random = seededRandom("latency", seed, id);
  return Float64Array.from(samples, () => model.medianSeconds * Math.exp(model.sigma * standardNormal(random)));
}

/** Box & Muller; 1 − u keeps the logarithm finite. */
function standardNormal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
