import { type CustomGrader, type Grader, graderFor } from "@quorate/answers";
import { type Elicitor, type Estimator, elicitorFor, estimatorFor } from "@quorate/confidence";
import {
  type CompiledPolicy,
  compilePolicy,
  type Limit,
  type Policy,
  type Question,
  type QuestionState,
  type SignalKind,
} from "@quorate/core";
import type { Clock, Limiter, Provider, RecordedSample, SampleOutcome } from "@quorate/providers";
import type { Ledger } from "../money/ledger.ts";
import type { GradingPlan, RunPlan } from "../plan.ts";
import type { SampleJournal } from "../storage/sample-journal.ts";
import type { RunEvent } from "./events.ts";
import type { FollowUpParts } from "./follow-ups.ts";

/** Who says when a question's next wave may leave, where questions share a budget. */
export interface Admission {
  /** Resolves with how many of the samples may be bought now; 0: no more for this question. */
  grant(question: number, samples: number, state: QuestionState): Promise<number>;
  /** A granted wave of so many samples is over, whatever came of it. */
  waveEnded(samples: number): void;
}

/** What the questions of one run share. */
export interface Engine {
  readonly plan: RunPlan;
  readonly provider: Provider;
  readonly compiled: CompiledPolicy;
  readonly estimate: Estimator;
  /** What the policy reads of a sample. */
  readonly signals: readonly SignalKind[];
  /** Where the policy's confidence comes from. */
  readonly elicitor: Elicitor | undefined;
  readonly journal: Pick<
    SampleJournal,
    "earlierSamples" | "earlierCalls" | "append" | "appendCall" | "appendFollowUp" | "flushed"
  >;
  readonly ledger: Ledger;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborted when what is in flight should be dropped. */
  readonly signal: AbortSignal;
  /** Aborted when nothing new should leave. */
  readonly lastCall: AbortSignal;
  /** The full vote that an early decision of this question is to be compared with; undefined where it is not audited. */
  auditOf(index: number): CompiledPolicy | undefined;
  /** Absent where samples bring all that the policy reads. */
  readonly followUps?: FollowUpParts;
  /** Absent where every question gets what its rule asks for. */
  readonly admission?: Admission;
  graderFor(question: Question): Grader;
  /** Samples of an older run that are spent first. */
  reusable(question: Question): Promise<readonly RecordedSample[]>;
  /** What came first, once nothing new is to be launched. */
  stopping(): Limit | undefined;
  /** True when the outcome says that no request of this run can succeed: the run ends, and the sample is asked for again later. */
  endsRun(outcome: SampleOutcome): boolean;
  emit(event: RunEvent): void;
}

/** What follows from a policy alone. */
export function policyParts(policy: Policy): Pick<Engine, "compiled" | "estimate" | "signals" | "elicitor"> {
  const { confidence } = policy;
  const elicitor = confidence === null ? undefined : elicitorFor(confidence);
  return {
    compiled: compilePolicy(policy),
    estimate: estimatorFor(policy),
    signals: elicitor === undefined ? [] : [elicitor.needs],
    elicitor,
  };
}

export function gradersFor({ pattern, field }: GradingPlan, custom: CustomGrader | undefined): Engine["graderFor"] {
  const settings = {
    ...(pattern !== undefined && { pattern }),
    ...(field !== undefined && { field }),
    ...(custom !== undefined && { custom }),
  };
  return (question) => graderFor(question, settings);
}
