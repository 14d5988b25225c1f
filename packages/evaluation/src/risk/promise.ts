import type { Policy } from "@quorate/core";

type Tuned = NonNullable<Policy["tuned"]>;

const lossWords = {
  disagreement: (maxSamples: number) => `are others than those of the full vote of ${maxSamples} samples`,
  "excess-error": (maxSamples: number) => `are wrong where the full vote of ${maxSamples} samples is right`,
} as const;

/** What a tuned policy promises, in one plain sentence. */
export function promiseText({
  method,
  risk,
  epsilon,
  delta,
  maxSamples,
}: Pick<Tuned, "method" | "risk" | "epsilon" | "delta" | "maxSamples">): string {
  const bound = `on questions like these at most ${share(epsilon)} of the answers ${lossWords[risk](maxSamples)}`;
  return method === "conformal" || delta === undefined
    ? `On average over calibrations like this one: ${bound}; a single calibration may miss it.`
    : `With ${share(1 - delta)} confidence, ${bound}.`;
}

function share(value: number): string {
  return `${Number((100 * value).toFixed(4))} %`;
}
