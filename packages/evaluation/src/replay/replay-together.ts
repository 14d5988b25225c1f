import {
  type Allocator,
  advance,
  type CompiledPolicy,
  openQuestion,
  type QuestionLimits,
  type QuestionState,
  type Step,
  WaveQueue,
} from "@quorate/core";
import type { SymbolTable } from "./ballots.ts";
import type { Replayed } from "./replay.ts";

/** A recorded question with its samples in one order. */
export interface SharingQuestion {
  readonly limits: QuestionLimits;
  readonly table: SymbolTable;
  readonly order: ArrayLike<number>;
}

/** What questions share. */
export interface Sharing {
  readonly allocator: Allocator;
  /** Samples of all questions together. */
  readonly totalSamples: number;
  readonly samplesPerRequest: number;
}

/**
 * What the policy decides for each question when all share one budget of samples. Drives the reducer of the live loop; the
 * allocator says whose wave leaves next. Questions that get no more end with the limit `budget` and the best answer so far.
 */
export function replayTogether(
  compiled: CompiledPolicy,
  questions: readonly SharingQuestion[],
  { allocator, totalSamples, samplesPerRequest }: Sharing,
): Replayed[] {
  const queue = new WaveQueue(allocator);
  const states: QuestionState[] = [];
  const requests = new Float64Array(questions.length);
  const decided: Replayed[] = [];
  let left = totalSamples;

  const follow = (place: number, { state, commands }: Step): void => {
    states[place] = state;
    for (const command of commands) {
      if (command.type === "decide") decided[place] = { decision: command.decision, requests: requests[place]! };
      else if (command.type === "ask") queue.ask(place, command.samples, state);
      else if (command.type === "launch") launch(place, command.indexes);
    }
  };
  const launch = (place: number, indexes: readonly number[]): void => {
    const { table, order } = questions[place]!;
    requests[place]! += Math.max(1, Math.ceil(indexes.length / samplesPerRequest));
    left -= indexes.length;
    for (const index of indexes) {
      const ballot = table.ballots[table.symbols[order[index]!]!]!;
      follow(place, advance(states[place]!, { type: "sample-recorded", index, ballot }));
    }
  };

  for (const [place, { limits }] of questions.entries()) {
    follow(place, advance(openQuestion(compiled, { ...limits, isAllocated: true }), { type: "question-opened" }));
  }
  for (let grant = queue.next(left); grant !== undefined; grant = queue.next(left)) {
    const { question, samples } = grant;
    follow(question, advance(states[question]!, { type: "wave-granted", samples }));
  }
  for (const place of queue.clear()) {
    follow(place, advance(states[place]!, { type: "limit-reached", limit: "budget" }));
  }
  return decided;
}
