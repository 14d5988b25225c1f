import type { AbstentionReason, Answer } from "../answer.ts";
import { requireAnswerCount } from "../policy/answer-count.ts";
import { type CompiledPolicy, ruleContext } from "../policy/compile.ts";
import { Tally } from "../tally/tally.ts";
import type { WeighedVote, Weighting } from "../weighting/weighting.ts";
import type { Ballot } from "./events.ts";

/** A vote and those before it: a list that grows without being copied. */
export interface HeardVote {
  readonly answer: Answer;
  readonly confidence?: number;
  readonly before: HeardVote | undefined;
}

/** Everything that decides what happens next to one question. A value: `advance` returns a new one. */
export interface QuestionState {
  readonly compiled: CompiledPolicy;
  readonly weighting: Weighting;
  /** Samples of the full vote. */
  readonly maxSamples: number;
  /** Samples launched beyond what the rule needs, to save rounds. */
  readonly speculate: number;
  /** Waves wait until an allocator grants them. */
  readonly isAllocated: boolean;
  readonly tally: Tally;
  readonly ruleState: unknown;
  /** Those counted so far, in launch order; kept only where they are weighed against each other. */
  readonly votes: readonly WeighedVote[];
  /** The votes with their confidence, where the decision's own confidence reads them. */
  readonly heard: HeardVote | undefined;
  readonly abstentions: { readonly [Reason in AbstentionReason]?: number };
  /** Votes without the confidence that the policy reads. */
  readonly unmeasured: number;
  /** Samples launched: the next index. */
  readonly launched: number;
  readonly rounds: number;
  /** Recorded ahead of an earlier sample that is still out. */
  readonly waiting: ReadonlyMap<number, Ballot>;
  /** The rule cannot stop before this many samples have counted. */
  readonly verdictDueAt: number;
  readonly decided: boolean;
}

export interface QuestionLimits {
  /** At least 1. */
  readonly maxSamples: number;
  readonly optionCount?: number;
  readonly speculate?: number;
  /** The question shares a budget with others: it asks before it launches. @default false */
  readonly isAllocated?: boolean;
}

/** @throws QuorateError `bad-policy` where the rule must know how many answers are possible, and the question does not say */
export function openQuestion(compiled: CompiledPolicy, limits: QuestionLimits): QuestionState {
  if (compiled.needsAnswerCount) requireAnswerCount(compiled.policy, limits.optionCount);
  const weighting = compiled.weightingFor(limits.optionCount);
  return {
    compiled,
    weighting,
    maxSamples: limits.maxSamples,
    speculate: limits.speculate ?? 0,
    isAllocated: limits.isAllocated ?? false,
    tally: Tally.empty(),
    ruleState: compiled.rule.init(ruleContext(compiled, weighting, limits)),
    votes: [],
    heard: undefined,
    abstentions: {},
    unmeasured: 0,
    launched: 0,
    rounds: 0,
    waiting: new Map(),
    verdictDueAt: 0,
    decided: false,
  };
}
