import type { Answer } from "../answer.ts";

/** One answer class and what it has gathered. */
export interface Standing {
  /** Order in which the class was first seen, from 0. */
  readonly id: number;
  readonly answer: Answer;
  readonly count: number;
  readonly weight: number;
}

export interface TopTwo {
  readonly leader: Standing | undefined;
  readonly runnerUp: Standing | undefined;
}

export const emptyTopTwo: TopTwo = { leader: undefined, runnerUp: undefined };

type Measure = (standing: Standing) => number;

/** The two best after one class has risen (or appeared). Only a rise keeps this O(1). */
export function withRaised(top: TopTwo, risen: Standing, measure: Measure): TopTwo {
  const { leader, runnerUp } = top;
  if (leader === undefined || leader.id === risen.id) return { leader: risen, runnerUp };
  if (isAhead(risen, leader, measure)) return { leader: risen, runnerUp: leader };
  if (runnerUp === undefined || runnerUp.id === risen.id || isAhead(risen, runnerUp, measure)) {
    return { leader, runnerUp: risen };
  }
  return top;
}

function isAhead(a: Standing, b: Standing, measure: Measure): boolean {
  return measure(a) > measure(b) || (measure(a) === measure(b) && a.id < b.id);
}
