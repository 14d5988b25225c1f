import { setImmediate } from "node:timers/promises";
import type { GraderSettings } from "@quorate/answers";
import { ballotOf, type Estimator, type GradedDecision } from "@quorate/confidence";
import {
  advance,
  type Ballot,
  type CompiledPolicy,
  type DecidedVote,
  type Decision,
  meanConfidenceOf,
  openQuestion,
  type QuestionLimits,
} from "@quorate/core";
import { seededInteger, seededPermutation, type TraceFile } from "@quorate/providers";
import { type ReadEntry, readEntry } from "../replay/reading.ts";
import type { QuestionGroups } from "./question-groups.ts";

export interface DecisionReplayOptions {
  readonly compiled: CompiledPolicy;
  readonly estimate: Estimator;
  /** Samples of the full vote; questions with fewer are left out, since their decisions would be others. */
  readonly maxSamples: number;
  readonly permutations: number;
  readonly seed: string | number;
  readonly grading: GraderSettings;
  readonly signal?: AbortSignal;
}

export interface DecisionReplays {
  readonly decisions: readonly GradedDecision[];
  readonly questions: number;
  /** Left out. */
  readonly short: number;
  readonly ungraded: number;
}

/** So often others get their turn. */
const questionsPerTurn = 64;

/**
 * The policy's decisions on recorded samples, each order of a question's samples once. Beside each stands the answer that a
 * limit would have found some samples earlier: interim answers have a chance of being right too, and from final ones alone
 * it could only be guessed.
 */
export async function replayDecisions(
  trace: TraceFile,
  groups: QuestionGroups,
  options: DecisionReplayOptions,
): Promise<DecisionReplays> {
  const decisions: GradedDecision[] = [];
  let [questions, short, ungraded, seen] = [0, 0, 0, 0];
  for await (const entry of trace) {
    options.signal?.throwIfAborted();
    seen += 1;
    if (seen % questionsPerTurn === 0) await setImmediate();
    if (entry.question.gold === undefined) ungraded += 1;
    else if (entry.samples.length < options.maxSamples) short += 1;
    else {
      questions += 1;
      decisions.push(...decisionsOn(readEntry(entry, options.grading), groups.numberOf(entry.question), options));
    }
  }
  return { decisions, questions, short, ungraded };
}

function decisionsOn(
  { question, samples, isRight }: ReadEntry,
  group: number,
  { compiled, estimate, maxSamples, permutations, seed }: DecisionReplayOptions,
): GradedDecision[] {
  const optionCount = question.options?.length;
  const limits = { maxSamples, ...(optionCount !== undefined && { optionCount }) };
  const ballots = samples.map((sample) => ballotOf(sample, estimate));
  return Array.from({ length: permutations }, (_, permutation) => {
    const order = seededPermutation(samples.length, seed, question.id, permutation);
    const inOrder = Array.from(order.subarray(0, maxSamples), (place) => ballots[place]!);
    const earlier = seededInteger("interim", seed, question.id, permutation);
    return finalAndInterim(compiled, limits, inOrder, earlier);
  })
    .flat()
    .map((decision) => ({ decision, isRight: decision.answer !== null && isRight!(decision.answer), group }));
}

/** Through the reducer of the live loop, a sample at a time. */
function finalAndInterim(
  compiled: CompiledPolicy,
  limits: QuestionLimits,
  ballots: readonly Ballot[],
  draw: number,
): DecidedVote[] {
  const steps = [advance(openQuestion(compiled, limits), { type: "question-opened" })];
  for (let index = 0; ; index += 1) {
    const { state, commands } = steps.at(-1)!;
    const decided = decisionIn(commands);
    if (decided !== undefined) {
      const vote = decidedVote(decided, ballots);
      if (index < 2) return [vote];
      const before = steps[1 + (draw % (index - 1))]!.state;
      const interim = decisionIn(advance(before, { type: "limit-reached", limit: "deadline" }).commands)!;
      return [vote, decidedVote(interim, ballots)];
    }
    steps.push(advance(state, { type: "sample-recorded", index, ballot: ballots[index]! }));
  }
}

function decisionIn(commands: ReturnType<typeof advance>["commands"]): Decision | undefined {
  for (const command of commands) if (command.type === "decide") return command.decision;
  return undefined;
}

/** As the reducer sees it where the policy knows P(right) of its decisions. */
function decidedVote({ answer, support, sampleCount, votes }: Decision, ballots: readonly Ballot[]): DecidedVote {
  const counted = ballots.slice(0, sampleCount).filter((ballot) => ballot.kind === "answer");
  const leaderConfidence = meanConfidenceOf(answer, counted);
  return { answer, support, sampleCount, votes, ...(leaderConfidence !== undefined && { leaderConfidence }) };
}
