import { QuorateError } from "@quorate/core";
import type { Calibration } from "./calibration-replays.ts";
import { fewestQuestionsToRank } from "./conformal.ts";
import { fewestQuestionsToTest } from "./learn-then-test.ts";
import type { TestedLevel, TuneOptions } from "./tuning.ts";

/** δ as the method takes it: needed to learn then test, and absent for a conformal level. */
export function checkedDelta({ method = "learn-then-test", epsilon, delta }: TuneOptions): number | undefined {
  for (const [name, value] of [
    ["epsilon", epsilon],
    ["delta", delta],
  ] as const) {
    if (value === undefined || (value > 0 && value < 1)) continue;
    throw new QuorateError({
      code: "bad-option",
      what: `${name} is off.`,
      seen: value,
      expected: "a number between 0 and 1",
    });
  }
  if (method === "conformal") {
    if (delta === undefined) return undefined;
    throw new QuorateError({
      code: "bad-option",
      what: "A conformal bound holds on average and has no delta.",
      hint: "Leave delta out, or learn then test.",
    });
  }
  if (delta !== undefined) return delta;
  throw new QuorateError({
    code: "bad-option",
    what: "To learn then test, delta is needed: the chance that the bound may fail to hold, such as 0.1.",
  });
}

/** Refuses what could not pass even if nothing were lost. */
export function requireEnough({ questions, notes }: Calibration, epsilon: number, delta: number | undefined): void {
  const needed = delta === undefined ? fewestQuestionsToRank(epsilon) : fewestQuestionsToTest(epsilon, delta);
  if (questions.length >= needed) return;
  const bound = delta === undefined ? `ε = ${epsilon}` : `ε = ${epsilon} and δ = ${delta}`;
  throw new QuorateError({
    code: "bad-input",
    what: `${questions.length} questions are too few for ${bound}: even if none of them were lost, it takes ${needed}.`,
    hint: ["Record more questions, or allow a larger ε.", ...notes.map((note) => `Note: ${note}.`)].join(" "),
  });
}

/** Not even the strictest level keeps the bound. */
export function noLevel(strictest: TestedLevel, { risk, epsilon, delta }: TuneOptions, count: number): QuorateError {
  const lost = `${Number((100 * strictest.measuredRisk).toFixed(2))} %`;
  const upper = strictest.upperBound === undefined ? "" : `, at most ${(100 * strictest.upperBound).toFixed(2)} %`;
  return new QuorateError({
    code: "bad-input",
    what: `No level keeps ε = ${epsilon}${delta === undefined ? "" : ` and δ = ${delta}`}: at the strictest, ${strictest.level}, the ${risk} over ${count} questions is ${lost}${upper}.`,
    hint: "Allow a larger ε, record more questions, or use a policy that never stops early unless it is safe (sc, or the rule curtailed).",
  });
}
