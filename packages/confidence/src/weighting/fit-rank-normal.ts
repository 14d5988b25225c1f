import { normalQuantile } from "@quorate/core";
import { type FittedWeighting, fittedWhereItDiscriminates, type GradedQuestions } from "./fitted-weighting.ts";

/**
 * TACT (Ko 2026): γ = z√(2 + z²), z the probit of the shrunk discrimination within questions. Negative where the less
 * confident samples are right more often; plain counts where confidence says nothing.
 */
export function fitRankNormal(questions: GradedQuestions): FittedWeighting {
  return fittedWhereItDiscriminates(
    questions,
    "rank-normal",
    ({ shrunk }) => ({ form: "rank-normal", gamma: Number(gammaOf(shrunk).toFixed(3)) }),
    true,
  );
}

/** @param discrimination in (0,1), ½ for none */
export function gammaOf(discrimination: number): number {
  const z = normalQuantile(discrimination);
  return z * Math.sqrt(2 + z * z);
}
