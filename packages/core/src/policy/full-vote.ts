import type { Policy } from "./schema.ts";
import { withoutFits } from "./without-fits.ts";

/** The vote that a policy may end early: its own confidence and weights, over every sample. */
export function fullVoteOf(policy: Policy): Policy {
  return { ...withoutFits(policy), stop: { rule: "fixed", choose: "vote" } };
}
