import { packScores } from "../metrics/graded-scores.ts";
import type { GradedVote } from "../metrics/graded-vote.ts";
import { pairsWon } from "../metrics/pairs-won.ts";
import { rankScores } from "../metrics/ranked-scores.ts";

export interface ShrunkDiscrimination {
  /** Share of pairs (a right and a wrong sample of one question) where the right one is more confident; in [0,1]. */
  readonly measured: number;
  /** Of `measured`, over questions. */
  readonly standardError: number;
  /** Questions that have such a pair. */
  readonly questionCount: number;
  /** `measured`, drawn towards ½ as far as it may be chance; exactly ½ where all of it may be. */
  readonly shrunk: number;
}

/** In standard errors. Ours: TACT names the dead zone and does not give its width. */
const deadZone = 2;

/**
 * How well confidence tells right from wrong within a question, pooled over questions and shrunk by the positive-part
 * James–Stein factor 1 − (deadZone · standard error / distance to ½)², which is 0 inside the dead zone (after TACT, Ko
 * 2026; the constants are ours). The standard error is that of a ratio over questions, since the pairs of one question hang
 * together. One question all won and one all lost, of the mean size, are added before: a few perfect questions prove little.
 *
 * @returns undefined without a pair to compare
 */
export function shrunkDiscrimination(questions: Iterable<readonly GradedVote[]>): ShrunkDiscrimination | undefined {
  const results = [...questions]
    .map((votes) => pairsWon(rankScores(packScores(scoresOf(votes)))))
    .filter(({ pairs }) => pairs > 0);
  if (results.length === 0) return undefined;
  const pairCount = results.reduce((sum, { pairs }) => sum + pairs, 0);
  const meanPairs = pairCount / results.length;
  const padded = [...results, { won: meanPairs, pairs: meanPairs }, { won: 0, pairs: meanPairs }];
  const paddedPairs = pairCount + 2 * meanPairs;
  const centre = padded.reduce((sum, { won }) => sum + won, 0) / paddedPairs;
  const squares = padded.reduce((sum, { won, pairs }) => sum + (won - centre * pairs) ** 2, 0);
  const standardError = Math.sqrt((squares * padded.length) / (padded.length - 1)) / paddedPairs;
  const distance = centre - 0.5;
  const kept = distance === 0 ? 0 : Math.max(0, 1 - ((deadZone * standardError) / distance) ** 2);
  return {
    measured: results.reduce((sum, { won }) => sum + won, 0) / pairCount,
    standardError,
    questionCount: results.length,
    shrunk: 0.5 + distance * kept,
  };
}

function scoresOf(votes: readonly GradedVote[]) {
  return votes.flatMap(({ confidence, isRight }) => (confidence === undefined ? [] : [{ score: confidence, isRight }]));
}
