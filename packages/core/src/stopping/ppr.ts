import { z } from "zod";
import { posteriorDensityAtHalf } from "../numerics/posterior-density.ts";
import { boundaryOf, perParameter } from "./boundary.ts";
import { byContext } from "./by-context.ts";
import { certifyLeader } from "./certify-leader.ts";
import { certifyPilot } from "./certify-pilot.ts";
import { defineRule } from "./rule.ts";
import { errorRates } from "./sweep.ts";

const name = "ppr";

/**
 * PPR-1v1 (Jain et al., AISTATS 2022): stop when the leader is ahead of the runner-up and the density at ½ of the
 * posterior of its share, Beta(v₁ + 1, v₂ + 1), is at most δ/(K − 1). The prior–posterior ratio is a martingale at the
 * true share, so the shares whose ratio is below 1/δ hold it at all times with probability 1 − δ, and these are an
 * interval round v₁/(v₁ + v₂): without ½ it is above ½. Never stops before the e-process at the same δ.
 *
 * K is `answers`, else the question's number of options. Without it the first `pilot` votes fix a target, which needs no K;
 * betting on past leaders will not do here, since the prior reaches below ½.
 */
export const ppr = defineRule({
  name,
  sweep: { parameter: "delta", values: errorRates, strictness: "descending" },
  parameters: () =>
    z.strictObject({
      delta: z.number().gt(0).lt(1).default(0.05),
      answers: z.int().min(2).optional(),
      target: z.enum(["leader", "pilot"]).default("leader"),
      pilot: z.int().min(1).default(3),
    }),
  create: ({ delta, answers, target, pilot }) =>
    byContext(({ optionCount }) => {
      const known = answers ?? optionCount;
      if (target === "pilot" || known === undefined) return certifyPilot(name, boundaryAt(delta), pilot);
      return certifyLeader(name, boundaryAt(delta / Math.max(1, known - 1)), known);
    }),
});

const boundaryAt = perParameter((errorRate) =>
  boundaryOf((leader, other) => leader > other && posteriorDensityAtHalf(leader, other) <= errorRate),
);
