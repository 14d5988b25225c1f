import type { Policy } from "./schema.ts";

/** What was found for a policy as it was says nothing about another one: neither what it promises nor how often it is right. */
export function withoutFits({ tuned: _, decisionConfidence: __, abstainBelow: ___, ...policy }: Policy): Policy {
  return policy;
}
