import {
  type Allocator,
  advance,
  type Ballot,
  type CompiledPolicy,
  openQuestion,
  type QuestionLimits,
  type QuestionState,
  type Step,
  WaveQueue,
} from "@quorate/core";
import type { Replayed } from "./replay.ts";

/** A recorded question with its samples in one order. */
export interface SharingQuestion {
  readonly limits: QuestionLimits;
  readonly ballots: readonly Ballot[];
  readonly order: ArrayLike<number>;
}

/** What questions share. */
export interface Sharing {
  readonly allocator: Allocator;
  /** Samples of all questions together. */
  readonly totalSamples: number;
}

/**
 * What the policy decides for each question when all share one budget of samples. Drives the reducer of the live loop; the
 * allocator says whose wave leaves next. Questions that get no more end with the limit `budget` and the best answer so far.
 */
export function replayTogether(
  compiled: CompiledPolicy,
  questions: readonly SharingQuestion[],
  { allocator, totalSamples }: Sharing,
): Replayed[] {
  const queue = new WaveQueue(allocator);
  const states: QuestionState[] = [];
  const waves: number[][] = questions.map(() => []);
  const decided: Replayed[] = [];
  let left = totalSamples;

  const follow = (place: number, { state, commands }: Step): void => {
    states[place] = state;
    for (const command of commands) {
      if (command.type === "decide") decided[place] = { decision: command.decision, waves: waves[place]! };
      else if (command.type === "ask") queue.ask(place, command.samples, state);
      else if (command.type === "launch") launch(place, command.indexes);
    }
  };
  const launch = (place: number, indexes: readonly number[]): void => {
    const { ballots, order } = questions[place]!;
    waves[place]!.push(indexes.length);
    left -= indexes.length;
    for (const index of indexes) {
      follow(place, advance(states[place]!, { type: "sample-recorded", index, ballot: ballots[order[index]!]! }));
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
