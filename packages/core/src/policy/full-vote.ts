import type { Policy } from "./schema.ts";

/** The vote that a policy may end early: its own confidence and weights, over every sample. */
export function fullVoteOf({ tuned: _, ...policy }: Policy): Policy {
  return { ...policy, stop: { rule: "fixed", choose: "vote" } };
}
