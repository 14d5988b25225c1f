import { z } from "zod";
import { defineRule, notBefore } from "./rule.ts";

const votes = z.int().min(1);

/** Per number of samples, from 1: for each number of the runner-up's votes, from 0, the fewest leader votes that stop. */
const boundarySchema = z.array(z.array(votes)).min(1);

const bandsSchema = z
  .array(
    z.strictObject({
      /** Mean confidence of the votes from which the band applies. */
      minConfidence: z.number().min(0).max(1),
      leaderVotes: boundarySchema,
    }),
  )
  .min(1)
  .superRefine((bands, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (bands[0]?.minConfidence !== 0) refuse("the first band must begin at a confidence of 0");
    for (const { leaderVotes } of bands) {
      if (leaderVotes.some((row) => row.some((boundary, runnerUp) => boundary < (row[runnerUp - 1] ?? 0)))) {
        refuse("leaderVotes must not fall as the runner-up's votes rise");
      }
    }
    bands.slice(1).forEach((band, place) => {
      const before = bands[place]!;
      if (band.minConfidence <= before.minConfidence) refuse("bands must be in order of minConfidence");
      if (!isNoHigher(band.leaderVotes, before.leaderVotes)) {
        refuse("a band of more confidence must not need more votes");
      }
    });
  });

type Boundary = z.infer<typeof boundarySchema>;

interface Confidences {
  readonly sum: number;
  readonly count: number;
}

const none: Confidences = { sum: 0, count: 0 };

/**
 * Stop where a table says so, by samples so far, votes of the two leading answers and, with several bands, the mean
 * confidence of the votes. Tables come from a dynamic programme on recorded samples (`fitLearned` in @quorate/evaluation). A
 * missing entry never stops; beyond the last row it holds on. Votes without a confidence count in no mean, and without any the
 * first band, the most cautious one, applies.
 */
export const learned = defineRule({
  name: "learned",
  parameters: () => z.strictObject({ bands: bandsSchema }),
  needs: ({ bands }) => (bands.length > 1 ? ["confidence"] : []),
  create: ({ bands }) => ({
    init: () => none,
    observe(confidences: Confidences, sample) {
      if (bands.length === 1 || sample.kind === "abstention" || sample.confidence === undefined) return confidences;
      return { sum: confidences.sum + sample.confidence, count: confidences.count + 1 };
    },
    verdict({ sum, count }, tally, left) {
      const { leader, runnerUp } = tally.byCount;
      const samples = tally.sampleCount;
      const mean = count === 0 ? 0 : sum / count;
      const band = bands.findLast(({ minConfidence }) => mean >= minConfidence)!;
      const behind = runnerUp?.count ?? 0;
      if (leader !== undefined && leader.count >= needed(band.leaderVotes, samples, behind)) {
        return { stop: true, answer: leader.answer, reason: "learned", certificate: "heuristic" };
      }
      return notBefore(samplesToStop(bands.at(-1)!.leaderVotes, samples, leader?.count ?? 0, behind, left), left);
    },
  }),
});

/** Leader votes that stop after so many samples; infinite where nothing does. */
function needed(boundary: Boundary, samples: number, runnerUp: number): number {
  return boundary[Math.min(samples, boundary.length) - 1]?.[runnerUp] ?? Number.POSITIVE_INFINITY;
}

/**
 * After t more samples the leader has at most t more votes and the runner-up no fewer than now; rows do not fall as the
 * runner-up's votes rise, and the last band asks for the fewest. So no stop comes before the first t at which t votes for the
 * leader alone would reach the last band's entry.
 */
function samplesToStop(boundary: Boundary, samples: number, leader: number, runnerUp: number, left: number): number {
  let more = 1;
  while (more < left && leader + more < needed(boundary, samples + more, runnerUp)) more += 1;
  return more;
}

/** A missing entry is an infinite one. */
function isNoHigher(boundary: Boundary, other: Boundary): boolean {
  const rows = Math.max(boundary.length, other.length);
  for (let samples = 1; samples <= rows; samples += 1) {
    const width = other[Math.min(samples, other.length) - 1]!.length;
    for (let runnerUp = 0; runnerUp < width; runnerUp += 1) {
      if (needed(boundary, samples, runnerUp) > needed(other, samples, runnerUp)) return false;
    }
  }
  return true;
}
