import { boundedMemo } from "./bounded-memo.ts";
import { gammaQuadrature } from "./gamma.ts";

const eulerGamma = 0.5772156649015329;

/** @returns chance that newcomers have so many votes between them and none more than `final`, over the ways of the rest */
type NewcomerChances = (final: number, votes: number) => number;

/** By number of answers, votes and further votes: the same for all questions in that state. At 64 of 256 further votes, 34 MB. */
const memo = boundedMemo<NewcomerChances>(64);

/**
 * The share of a Chinese-restaurant process that belongs to answers not seen yet, its concentration α integrated over
 * Gamma(k, rate 1 + γ + log n), the posterior for n votes over k answers (2305.11860, appendix C.3, after West 1992).
 */
export function newcomerChances(answers: number, votes: number, further: number): NewcomerChances {
  return memo(`${answers},${votes},${further}`, () => integrate(answers, votes, further));
}

/** Rows by the leader's final count; a count that all the further votes could not pass bounds nothing, and shares a row. */
function integrate(answers: number, votes: number, further: number): NewcomerChances {
  const width = further + 1;
  const chances = new Float64Array(width * width);
  const rate = 1 + eulerGamma + Math.log(votes);
  for (const { x, weight } of gammaQuadrature(answers)) {
    const alpha = x / rate;
    let orders = 1;
    for (let i = 0; i < further; i += 1) orders *= (votes + alpha + i) / (i + 1);
    for (let final = 0; final <= further; final += 1) {
      addWays(chances.subarray(final * width, (final + 1) * width), alpha, final, weight / orders);
    }
  }
  return (final, gained) => chances[Math.min(final, further) * width + gained]!;
}

/**
 * New answers with y votes between them, none with more than `final`, arise in g(y) ways, the coefficients of
 * exp(α Σ z^s/s), s ≤ final: y g(y) = α (g(y − 1) + … + g(y − final)).
 */
function addWays(row: Float64Array, alpha: number, final: number, factor: number): void {
  const sums = new Float64Array(row.length + 1);
  for (let y = 0; y < row.length; y += 1) {
    const ways = y === 0 ? 1 : (alpha * (sums[y]! - sums[Math.max(0, y - final)]!)) / y;
    sums[y + 1] = sums[y]! + ways;
    row[y]! += factor * ways;
  }
}
