import { QuorateError } from "@quorate/core";
import type { GradedScores } from "./graded-scores.ts";

/**
 * The distinct scores, ascending, and how many right and wrong answers have each. All metrics but the one within questions
 * are functions of this: one sort serves them all, and none depends on the order in which equal scores came.
 */
export interface RankedScores {
  readonly scores: Float64Array;
  readonly right: Uint32Array;
  readonly wrong: Uint32Array;
  /** All right answers. */
  readonly rightCount: number;
  /** All answers. */
  readonly count: number;
}

/**
 * Right and wrong scores are sorted apart and merged: sorting plain numbers is several times faster than sorting places.
 *
 * @throws QuorateError `bad-input` for a score that is no finite number
 */
export function rankScores({ scores, isRight }: Pick<GradedScores, "scores" | "isRight">): RankedScores {
  const count = scores.length;
  let rightCount = 0;
  for (let place = 0; place < count; place += 1) rightCount += isRight[place]!;
  const right = new Float64Array(rightCount);
  const wrong = new Float64Array(count - rightCount);
  let atRight = 0;
  let atWrong = 0;
  for (let place = 0; place < count; place += 1) {
    const score = scores[place]!;
    if (!Number.isFinite(score)) refuse(place, score);
    if (isRight[place] === 1) right[atRight++] = score;
    else wrong[atWrong++] = score;
  }
  return { ...merge(right.sort(), wrong.sort()), rightCount, count };
}

function merge(right: Float64Array, wrong: Float64Array): Pick<RankedScores, "scores" | "right" | "wrong"> {
  const distinct = walk(right, wrong, () => {});
  const scores = new Float64Array(distinct);
  const rightOf = new Uint32Array(distinct);
  const wrongOf = new Uint32Array(distinct);
  walk(right, wrong, (block, score, rightHere, wrongHere) => {
    scores[block] = score;
    rightOf[block] = rightHere;
    wrongOf[block] = wrongHere;
  });
  return { scores, right: rightOf, wrong: wrongOf };
}

/** Visits the distinct values of two ascending lists. @returns how many there are */
function walk(
  right: Float64Array,
  wrong: Float64Array,
  visit: (block: number, score: number, right: number, wrong: number) => void,
): number {
  let blocks = 0;
  let atRight = 0;
  let atWrong = 0;
  while (atRight < right.length || atWrong < wrong.length) {
    const score = Math.min(right[atRight] ?? Number.POSITIVE_INFINITY, wrong[atWrong] ?? Number.POSITIVE_INFINITY);
    const rightFrom = atRight;
    const wrongFrom = atWrong;
    while (right[atRight] === score) atRight += 1;
    while (wrong[atWrong] === score) atWrong += 1;
    visit(blocks, score, atRight - rightFrom, atWrong - wrongFrom);
    blocks += 1;
  }
  return blocks;
}

function refuse(place: number, score: number): never {
  throw new QuorateError({
    code: "bad-input",
    what: `Score ${place} is no number.`,
    seen: `${score}`,
    expected: "a finite number",
    hint: "Leave out what could not be measured, and count it.",
  });
}
