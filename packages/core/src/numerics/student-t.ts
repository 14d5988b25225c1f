import { incompleteBeta } from "./incomplete-beta.ts";
import { logBetaFront } from "./stirling.ts";

/** Density at z of Student's t with `freedom` > 0 degrees of freedom. */
export function studentDensity(z: number, freedom: number): number {
  const logBeta = -logBetaFront(freedom / 2, 0.5, 0.5) - (freedom / 2 + 0.5) * Math.LN2;
  return Math.exp((-(freedom + 1) / 2) * Math.log1p((z * z) / freedom) - logBeta) / Math.sqrt(freedom);
}

/** P(T > z) for Student's t with `freedom` > 0 degrees of freedom. */
export function studentTail(z: number, freedom: number): number {
  const beyond = incompleteBeta(freedom / (freedom + z * z), freedom / 2, 0.5) / 2;
  return z >= 0 ? beyond : 1 - beyond;
}
