import { z } from "zod";
import { defineRule, notBefore } from "./rule.ts";

/** The first two samples, as far as they have counted; an abstention agrees with nothing. */
interface FirstPair {
  readonly sampleCount: number;
  readonly answer: string | undefined;
}

interface State {
  readonly pair: FirstPair;
  readonly member: unknown;
}

/**
 * Stops after two samples when they agree; else the rule `otherwise` decides, over these and all further samples. Meant for two ways
 * of answering that err differently, one for even and one for odd places in launch order: a chain of thought and a program
 * (2604.17433, where 79 % of the questions end here). Two samples of one way agree on its common error as well.
 */
export const firstPair = defineRule({
  name: "first-pair",
  parameters: (member) => z.strictObject({ otherwise: member.default({ rule: "beta", level: 0.95 }) }),
  members: ({ otherwise }) => [otherwise],
  create({ otherwise }, build) {
    const member = build(otherwise);
    return {
      init: (context): State => ({ pair: { sampleCount: 0, answer: undefined }, member: member.init(context) }),
      observe({ pair, member: before }, sample, tally): State {
        const state = member.observe(before, sample, tally);
        if (pair.sampleCount >= 2) return { pair, member: state };
        const given = sample.kind === "vote" ? sample.answer : undefined;
        const answer = pair.sampleCount === 0 || pair.answer === given ? given : undefined;
        return { pair: { sampleCount: pair.sampleCount + 1, answer }, member: state };
      },
      verdict({ pair, member: state }, tally, left) {
        if (pair.sampleCount < 2) return notBefore(2 - pair.sampleCount, left);
        if (pair.answer === undefined) return member.verdict(state, tally, left);
        return { stop: true, answer: pair.answer, reason: "first-pair", certificate: "heuristic" };
      },
    };
  },
});
