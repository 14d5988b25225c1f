import { logSumExp } from "../numerics/log-sum-exp.ts";
import type { AnswerSum } from "./answer-sums.ts";

/** Bounds are met as sums that were added in another order; so much looser they are still bounds. */
const rounding = 1e-9;

/**
 * The posterior of CGES. Divided by what OTHER gets from every vote, Π (1 − c)/(K − 1), the score of answer a is
 *
 *     log A(a) = Σ log(c/(1 − c)) + n(a) log(K − 1), over the n(a) votes for a,
 *
 * and OTHER's is 0. So the sum of logits and the count of each answer are all there is to remember, although a new answer
 * raises K and with it the score of every earlier vote.
 */
export class CgesPosterior {
  readonly #answers: number | undefined;
  readonly #clip: number;
  /** Largest and, with a minus, smallest logit of one vote. */
  readonly #extreme: number;

  /** @param answers how many answers are possible; absent for those seen and OTHER */
  constructor(answers: number | undefined, clip: number) {
    this.#answers = answers;
    this.#clip = clip;
    this.#extreme = this.logit(1);
  }

  logit(confidence: number): number {
    const clipped = Math.min(1 - this.#clip, Math.max(this.#clip, confidence));
    return Math.log(clipped / (1 - clipped));
  }

  /** Log-scores of the answers in their order and, last, of OTHER: which is not there once all possible answers were seen. */
  scores(logits: readonly AnswerSum[]): number[] {
    const wrong = this.#logWrong(logits.length);
    const scores = logits.map(({ sum, count }) => sum + count * wrong);
    if (this.#hasOther(logits.length)) scores.push(0);
    return scores;
  }

  /**
   * A lower bound on the votes after which some answer could reach the level.
   *
   * Say j of m votes bring new answers. Then K is fixed, and an answer gains most from its rivals when the j votes have the
   * least confidence and each of the others is for it, with the most: such a vote adds e = extreme + log(K − 1) to its lead
   * on every rival, where a vote against one rival adds at most extreme − log(K − 1) to the lead on that one. So
   * the answer needs m ≥ j + (log-odds of the level − its log-odds now, at that K)/e, and of the answers seen
   * the likeliest at that K needs fewest. An answer not seen yet is one of the j itself. K matters: it lifts answers of many
   * votes, so the bound is taken over all j, up to the best m found.
   */
  votesForAnswer(logits: readonly AnswerSum[], level: number, left: number): number {
    const wanted = Math.log(level / (1 - level));
    let least = Math.max(1, left);
    for (let newAnswers = 0; newAnswers <= least; newAnswers += 1) {
      const seen = logits.length + newAnswers;
      if (seen === 0) continue;
      const wrong = this.#logWrong(seen);
      const evidence = this.#extreme + wrong;
      const doubtful = -this.#extreme + wrong;
      const scores = logits.map(({ sum, count }) => sum + count * wrong);
      const votes = (score: number, rivals: readonly number[]) =>
        Math.max(0, Math.ceil((wanted + logSumExp(rivals) - score) / evidence - rounding));
      const others = this.#hasOther(seen) ? [0] : [];
      const likeliest = scores.indexOf(Math.max(...scores));
      if (likeliest !== -1) {
        const rivals = [...scores.toSpliced(likeliest, 1), ...others, ...repeated(doubtful, newAnswers)];
        least = Math.min(least, Math.max(1, newAnswers + votes(scores[likeliest]!, rivals)));
      }
      if (newAnswers > 0) {
        const rivals = [...scores, ...others, ...repeated(doubtful, newAnswers - 1)];
        least = Math.min(least, Math.max(newAnswers, newAnswers - 1 + votes(0, rivals)));
      }
    }
    return least;
  }

  /**
   * A lower bound on the votes after which OTHER could reach the level. Every answer's score must then be at most
   * −log(level/(1 − level)); one vote lowers one score by at most extreme − log(K − 1), and a larger K only hinders.
   */
  votesForOther(logits: readonly AnswerSum[], level: number, left: number): number {
    if (!this.#hasOther(logits.length)) return left;
    const wanted = Math.log(level / (1 - level));
    const wrong = this.#logWrong(Math.max(1, logits.length));
    const step = this.#extreme - wrong;
    if (step <= 0) return left;
    const below = (score: number) => Math.max(0, Math.ceil((wanted + score) / step - rounding));
    const votes = logits.reduce((sum, { sum: logit, count }) => sum + below(logit + count * wrong), 0);
    return Math.max(1, logits.length === 0 ? below(0) : votes);
  }

  /** log(K − 1): among how many answers the errors are spread, once so many were seen. */
  #logWrong(seen: number): number {
    return Math.log(this.#answers === undefined ? Math.max(1, seen) : Math.max(this.#answers, seen) - 1);
  }

  #hasOther(seen: number): boolean {
    return this.#answers === undefined || seen < this.#answers;
  }
}

function repeated(value: number, count: number): number[] {
  return new Array<number>(count).fill(value);
}
