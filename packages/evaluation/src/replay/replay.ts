import {
  advance,
  type Ballot,
  type CompiledPolicy,
  type Decision,
  openQuestion,
  type QuestionLimits,
} from "@quorate/core";

export interface Replayed {
  readonly decision: Decision;
  /** Samples of each wave. */
  readonly waves: readonly number[];
}

/** What the policy decides when the samples come in this order. Drives the reducer of the live loop, one sample at a time. */
export function replay(
  compiled: CompiledPolicy,
  limits: QuestionLimits,
  ballots: readonly Ballot[],
  order: ArrayLike<number>,
): Replayed {
  const waves: number[] = [];
  let step = advance(openQuestion(compiled, limits), { type: "question-opened" });
  for (let index = 0; ; index += 1) {
    for (const command of step.commands) {
      if (command.type === "decide") return { decision: command.decision, waves };
      if (command.type === "launch") waves.push(command.indexes.length);
    }
    step = advance(step.state, { type: "sample-recorded", index, ballot: ballots[order[index]!]! });
  }
}
