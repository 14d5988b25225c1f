import type { Policy } from "@quorate/core";

/** The same policy on its way to the run. */
interface Stages {
  /** As named. */
  readonly given: Policy;
  /** After `--value`, `--set` and `--confidence`. */
  readonly wanted: Policy;
  /** As the model lets it be. */
  readonly fitted: Policy;
}

/** What a person must hear when a run cannot keep what its policy was tuned for. */
export function brokenPromise({ given, wanted, fitted }: Stages, maxSamples: number): string | undefined {
  const { tuned } = given;
  if (tuned === undefined) return undefined;
  const why =
    wanted.tuned === undefined
      ? "--value, --set or --confidence has made another policy of it"
      : fitted.tuned === undefined
        ? "it was tuned with another confidence than this model brings"
        : maxSamples === tuned.maxSamples
          ? undefined
          : `it was tuned for a full vote of ${tuned.maxSamples} samples, and this run has --max-samples ${maxSamples}`;
  if (why === undefined) return undefined;
  return `THE PROMISE DOES NOT HOLD: ${given.name} was tuned for ${tuned.risk} of at most ${tuned.epsilon}, but ${why}. No decision of this run will claim it.`;
}
