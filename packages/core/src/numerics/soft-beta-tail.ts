import { betaTail } from "./beta-tail.ts";
import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * `betaTail` for votes that count more or less than one: P(p > ½) for p ∼ Beta(leader + 1, runnerUp + 1), both real numbers
 * of at least 0. Whole numbers take the exact sum, so that votes of weight 1 stop just where counts do.
 */
export function softBetaTail(leader: number, runnerUp: number): number {
  if (Number.isInteger(leader) && Number.isInteger(runnerUp)) return betaTail(leader, runnerUp);
  return incompleteBeta(0.5, runnerUp + 1, leader + 1);
}
