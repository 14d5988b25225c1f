import { defineCombinator, type Stopped, strength } from "./combinator.ts";
import { notBefore } from "./rule.ts";

/** Stops as soon as one of its rules does; of several, the one with the strongest certificate speaks. */
export const any = defineCombinator("any", (verdicts, left) => {
  let strongest: Stopped | undefined;
  let need = Number.POSITIVE_INFINITY;
  for (const verdict of verdicts) {
    if (!verdict.stop) need = Math.min(need, verdict.need);
    else if (strongest === undefined || strength(verdict) > strength(strongest)) strongest = verdict;
  }
  return strongest ?? notBefore(need, left);
});
