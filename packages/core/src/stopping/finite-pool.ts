import { logEValue } from "../numerics/e-value.ts";
import { logBinomial } from "../numerics/log-factorial.ts";
import { type Boundary, boundaryOf, perParameter } from "./boundary.ts";

/**
 * log of the evidence that a class with s votes so far beats one with f, s ≥ f, in a pool of which at most 2h + 1 votes are
 * for one of the two. Infinite once s > h: then it has.
 *
 * In a pool with A votes for the first and B for the second, A ≤ B, these come in random order: a given order of s and f
 * of them has probability P = A⁽ˢ⁾B⁽ᶠ⁾/(A + B)⁽ˢ⁺ᶠ⁾, falling factorials. Let Q be the probability that independent votes
 * come in this order when their share has Jeffreys' prior truncated to shares above ½, so that E(s, f) = Q · 2⁽ˢ⁺ᶠ⁾. Q/P is
 * a nonnegative supermartingale and ever reaches T with probability at most 1/T. A and B are not known, so P is taken as
 * large as any such pool makes it:
 * - Of pools of one size, A = B (or A + 1 = B) makes it largest: P(A) ≥ P(A − 1) when s(B + 1) ≥ fA.
 * - A pool of odd size makes it smaller than the ties next to it do.
 * - A tie of 2h + 2 votes makes it no smaller than one of 2h when (s − f)² ≥ n(2h + 2 − n)/(2h + 1) with n = s + f, a lead
 *   of one standard deviation. Where (s − f)² ≥ n it holds for every h, so that much is asked for; no useful evidence has less.
 * So P = h⁽ˢ⁾h⁽ᶠ⁾/(2h)⁽ⁿ⁾ = C(2h − n, h − s)/C(2h, h).
 */
function logEvidence(votes: number, challenger: number, half: number): number {
  if (votes > half) return Number.POSITIVE_INFINITY;
  const counted = votes + challenger;
  if ((votes - challenger) ** 2 < counted) return Number.NEGATIVE_INFINITY;
  const logTie = logBinomial(2 * half - counted, half - votes) - logBinomial(2 * half, half);
  return logEValue(votes, challenger) - counted * Math.LN2 - logTie;
}

/**
 * Fewest votes whose evidence reaches the threshold, by ⌊pool of the pair / 2⌋ and the challenger's votes. It rises with the
 * challenger's votes, and by at most one with the half: the evidence of (s + 1, f) at h is at least that of (s, f) at h − 1,
 * since their ratio is at least (h − f)(2h − 1)/(h(2h − n − 1)), and that is at least 1 for s ≥ f. So a sample that is for
 * neither of the two, which may take one half away, brings the leader no closer than a vote does, and boundary − leader is
 * the least number of further samples that can stop. By the same bounds no challenger is as hard to beat as the runner-up.
 */
export const poolBoundary = perParameter((threshold: number) => {
  const enough = Math.log(threshold);
  return perParameter(
    (half): Boundary => boundaryOf((votes, challenger) => logEvidence(votes, challenger, half) >= enough),
  );
});

/**
 * What the evidence must reach so that some answer other than the pool's winner is certified with probability at most δ:
 * (K − 1)/δ, as each of K − 1 may be. Of a pool of N only ⌊N/m⌋ can have the m votes without which no losing answer is ever
 * certified, the winner among them, so K need not be more, and need not be known.
 */
export function poolThreshold(delta: number, maxSamples: number, answers = Number.POSITIVE_INFINITY): number {
  return (Math.min(answers, likelyAnswers(delta)(maxSamples)) - 1) / delta;
}

/** The least K ≥ 2 that is no less than the answers that can be certified at (K − 1)/δ. */
const likelyAnswers = perParameter((delta: number) =>
  perParameter((maxSamples) => {
    let answers = 2;
    while (Math.floor(maxSamples / fewestToErr((answers - 1) / delta)) > answers) answers += 1;
    return answers;
  }),
);

/**
 * Votes that a losing answer must have to be certified: a pool in which it loses has at least twice as many for the pair,
 * and evidence is strongest in the smallest pool and with nothing against it.
 */
function fewestToErr(threshold: number): number {
  let votes = 1;
  while (logEvidence(votes, 0, votes) < Math.log(threshold)) votes += 1;
  return votes;
}
