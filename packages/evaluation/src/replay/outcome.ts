import type { CompiledPolicy, Decision, QuestionLimits } from "@quorate/core";
import type { SymbolTable } from "./ballots.ts";
import { type Replayed, replay } from "./replay.ts";

/** What a replayed decision contributes to a policy's score. */
export interface ReplayOutcome {
  readonly answer: string | null;
  /** Undefined without gold. */
  readonly isRight: boolean | undefined;
  readonly samples: number;
  readonly rounds: number;
  readonly requests: number;
  readonly abstentions: number;
  readonly reason: string;
}

type IsRight = ((answer: string) => boolean) | undefined;

/** A policy on one question, in whatever order its samples come. */
export function replayer(
  compiled: CompiledPolicy,
  limits: QuestionLimits,
  table: SymbolTable,
  samplesPerRequest: number,
  isRight?: IsRight,
): (order: ArrayLike<number>) => ReplayOutcome {
  const inOrder = (order: ArrayLike<number>) =>
    outcomeOf(replay(compiled, limits, table, order, samplesPerRequest), isRight);
  // Samples that are all alike come in the same order whatever the permutation.
  if (table.ballots.length > 1) return inOrder;
  const only = inOrder(table.symbols.map((_, place) => place));
  return () => only;
}

export function outcomeOf({ decision, requests }: Replayed, isRight: IsRight): ReplayOutcome {
  const { answer, sampleCount, rounds, abstentions, reason } = decision;
  return {
    answer,
    isRight: isRight === undefined ? undefined : answer !== null && isRight(answer),
    samples: sampleCount,
    rounds,
    requests,
    abstentions: abstentions === undefined ? 0 : totalOf(abstentions),
    reason,
  };
}

function totalOf(counts: NonNullable<Decision["abstentions"]>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
