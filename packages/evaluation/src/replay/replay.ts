import { advance, type CompiledPolicy, type Decision, openQuestion, type QuestionLimits } from "@quorate/core";
import type { SymbolTable } from "./ballots.ts";

export interface Replayed {
  readonly decision: Decision;
  readonly requests: number;
}

/**
 * What the policy decides when the samples come in this order. Drives the reducer of the live loop, one sample at a time.
 *
 * @param samplesPerRequest samples that one request may carry; a wave of more takes several
 */
export function replay(
  compiled: CompiledPolicy,
  limits: QuestionLimits,
  { ballots, symbols }: SymbolTable,
  order: ArrayLike<number>,
  samplesPerRequest: number,
): Replayed {
  let requests = 0;
  let step = advance(openQuestion(compiled, limits), { type: "question-opened" });
  for (let index = 0; ; index += 1) {
    for (const command of step.commands) {
      if (command.type === "decide") return { decision: command.decision, requests };
      if (command.type === "launch") requests += Math.max(1, Math.ceil(command.indexes.length / samplesPerRequest));
    }
    const ballot = ballots[symbols[order[index]!]!]!;
    step = advance(step.state, { type: "sample-recorded", index, ballot });
  }
}
