import type { Tuning } from "./tuning.ts";

/** What `--json` prints. */
export interface TuningJson extends Omit<Tuning, "policy" | "chosen"> {
  readonly policy: string;
  readonly level: number;
  readonly measuredRisk: number;
  /** Absent where the bound holds on average only. */
  readonly upperBound?: number;
  readonly meanSamples: number;
  readonly meanRounds: number;
}

export function tuningJson({ policy, chosen, ...tuning }: Tuning): TuningJson {
  const { level, measuredRisk, upperBound, meanSamples, meanRounds } = chosen;
  return {
    policy: policy.name,
    level,
    measuredRisk,
    ...(upperBound !== undefined && { upperBound }),
    meanSamples,
    meanRounds,
    ...tuning,
  };
}
