import { defineCombinator, type Stopped, strength } from "./combinator.ts";
import { notBefore } from "./rule.ts";

/**
 * Stops when all of its rules stop on the same answer; only the weakest of their certificates can be promised. It cannot
 * stop before the last of its members could.
 */
export const all = defineCombinator("all", (verdicts, left) => {
  let weakest: Stopped | undefined;
  let need = 0;
  let agreed = true;
  for (const verdict of verdicts) {
    if (!verdict.stop) {
      need = Math.max(need, verdict.need);
      continue;
    }
    agreed &&= weakest === undefined || weakest.answer === verdict.answer;
    if (weakest === undefined || strength(verdict) < strength(weakest)) weakest = verdict;
  }
  return need === 0 && agreed && weakest !== undefined ? weakest : notBefore(need, left);
});
