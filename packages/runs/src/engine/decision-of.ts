import { type Grader, isRight } from "@quorate/answers";
import type { Decision, DecisionRecord, FollowUpCounts, Question, Usage, Usd } from "@quorate/core";

/** What the samples of a question amounted to. */
export interface Spent {
  readonly usage: Usage | undefined;
  readonly costUsd: Usd | undefined;
  readonly latencyMs: number;
  /** The last failure of a sample, in the provider's words. */
  readonly error: string | undefined;
  readonly followUps: FollowUpCounts | undefined;
}

/** A decision as `decisions.jsonl` tells it: graded where there is gold. */
export function decisionLine(question: Question, decision: Decision, grader: Grader, spent: Spent): DecisionRecord {
  const { answer } = decision;
  const { gold, group } = question;
  return {
    id: question.id,
    ...decision,
    ...(spent.usage !== undefined && { usage: spent.usage }),
    ...(spent.costUsd !== undefined && { costUsd: spent.costUsd }),
    latencyMs: Math.round(spent.latencyMs * 1000) / 1000,
    ...(gold !== undefined && { gold, correct: answer !== null && isRight(answer, gold, grader) }),
    ...(group !== undefined && { group }),
    ...(spent.followUps !== undefined && { followUps: spent.followUps }),
    ...(answer === null && spent.error !== undefined && { error: spent.error }),
  };
}
