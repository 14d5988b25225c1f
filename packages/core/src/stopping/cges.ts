import { z } from "zod";
import { logSumExp } from "../numerics/log-sum-exp.ts";
import { missingConfidence } from "../weighting/missing.ts";
import { type AnswerSum, withVote } from "./answer-sums.ts";
import { CgesPosterior } from "./cges-posterior.ts";
import { fullVote } from "./full-vote.ts";
import { defineRule, notBefore } from "./rule.ts";
import { probabilityLevels } from "./sweep.ts";

/**
 * CGES (2511.02603): stop when the posterior probability that the leading answer is the right one reaches the level. A sample
 * of confidence c is right with probability c and else equally likely to be any of the K − 1 other answers; K counts the
 * answers seen so far and OTHER, for the right one not seen yet, or is `answers`. Confidence is kept inside [clip, 1 − clip].
 *
 * OTHER takes part in the posterior. As `other` says it is `excluded` from stopping (Scorio), or `may-win` (the paper's
 * Algorithm 1): once OTHER reaches the level no answer so far seems right, more samples are not bought, and the likeliest
 * answer stands, with `cges-other` for a reason. Samples of one model err together, which the posterior leaves out: hence
 * `heuristic`.
 */
export const cges = defineRule({
  name: "cges",
  sweep: { parameter: "level", values: probabilityLevels, strictness: "ascending" },
  parameters: () =>
    z.strictObject({
      level: z.number().gt(0.5).lt(1).default(0.95),
      clip: z.number().gt(0).lt(0.5).default(0.01),
      other: z.enum(["excluded", "may-win"]).default("excluded"),
      answers: z.int().min(2).optional(),
      missing: missingConfidence,
    }),
  needs: () => ["confidence"],
  create({ level, clip, other, answers, missing }) {
    const posterior = new CgesPosterior(answers, clip);
    return {
      init: (): readonly AnswerSum[] => [],
      observe(logits, sample) {
        if (sample.kind === "abstention") return logits;
        return withVote(logits, sample.answer, posterior.logit(sample.confidence ?? missing));
      },
      verdict(logits, _, left) {
        const scores = posterior.scores(logits);
        const total = logSumExp(scores);
        let mode = -1;
        for (let i = 0; i < logits.length; i += 1) if (mode === -1 || scores[i]! > scores[mode]!) mode = i;
        if (mode !== -1) {
          const { answer } = logits[mode]!;
          if (Math.exp(scores[mode]! - total) >= level) {
            return { stop: true, answer, reason: "cges", certificate: "heuristic" };
          }
          if (other === "may-win" && scores.length > logits.length && Math.exp(scores.at(-1)! - total) >= level) {
            return { stop: true, answer, reason: "cges-other", certificate: "heuristic" };
          }
          if (left === 0) return fullVote(answer);
        }
        const need = Math.min(
          posterior.votesForAnswer(logits, level, left),
          other === "may-win" ? posterior.votesForOther(logits, level, left) : left,
        );
        return notBefore(need, left);
      },
    };
  },
});
