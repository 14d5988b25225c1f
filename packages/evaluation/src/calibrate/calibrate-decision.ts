import type { GraderSettings } from "@quorate/answers";
import { fitDecisionConfidence, type GradedDecision, type Judged, judged, packScores } from "@quorate/confidence";
import { type DecisionConfidence, type Policy, parsePolicy, QuorateError } from "@quorate/core";
import { fitPolicies } from "../replay/fitted-policies.ts";
import { counted } from "../text/numbers.ts";
import { replayDecisions } from "./decision-replays.ts";
import { type FitTrace, fitSourceOf } from "./fit-sources.ts";
import { QuestionGroups } from "./question-groups.ts";

export interface CalibrateDecisionOptions {
  readonly traces: readonly FitTrace[];
  readonly policy: Policy;
  /** Samples of the full vote. */
  readonly maxSamples: number;
  /** Orders in which each question is replayed. @default 8 */
  readonly permutations?: number;
  /** Of the orders. @default 1 */
  readonly seed?: string | number;
  /** The day of the fit, as 2025-01-31. */
  readonly date: string;
  /** @default 5 */
  readonly folds?: number;
  /** Bends the model's probability by isotonic regression. @default false */
  readonly isotonic?: boolean;
  readonly grading?: GraderSettings;
  readonly signal?: AbortSignal;
}

export interface DecisionCalibration {
  readonly document: DecisionConfidence;
  /** The policy with it, as a run takes it. */
  readonly policy: Policy;
  readonly questions: number;
  /** What the answer's share of the vote would be worth as a probability, on the same decisions. */
  readonly support: Judged;
  readonly notes: readonly string[];
}

/**
 * Fits P(right) of a policy's decisions: replays it on recorded samples and learns from the state of the votes it left. The
 * answers that limits would have found earlier are learnt from too.
 *
 * @throws QuorateError `bad-input` for too little data, `missing-signal` where the policy cannot work on a recording
 */
export async function calibrateDecision(options: CalibrateDecisionOptions): Promise<DecisionCalibration> {
  const { traces, maxSamples, permutations = 8, seed = 1, date, folds, isotonic, grading = {}, signal } = options;
  const groups = new QuestionGroups();
  const decisions: GradedDecision[] = [];
  const notes: string[] = [];
  let [questions, short, ungraded] = [0, 0, 0];
  for (const { trace } of traces) {
    const fitted = await fitPolicies([options.policy], trace);
    const [found] = fitted.working;
    if (found === undefined) throw new QuorateError({ code: "missing-signal", what: fitted.skipped[0]!.why });
    notes.push(...fitted.notes);
    const { compiled, estimate } = found;
    const settings = { compiled, estimate, maxSamples, permutations, seed, grading, ...(signal && { signal }) };
    const replays = await replayDecisions(trace, groups, settings);
    for (const decision of replays.decisions) decisions.push(decision);
    questions += replays.questions;
    short += replays.short;
    ungraded += replays.ungraded;
  }
  requireQuestions(questions, short, maxSamples);
  if (short > 0) notes.push(`${counted(short, "question")} with fewer than ${maxSamples} samples left out`);
  if (ungraded > 0) notes.push(`${counted(ungraded, "question")} without a gold answer left out`);
  const document = fitDecisionConfidence(decisions, {
    ...fitSourceOf(traces, date),
    fittedFor: { policy: options.policy.name, maxSamples },
    ...(folds !== undefined && { folds }),
    ...(isotonic !== undefined && { isotonic }),
  });
  const policy = parsePolicy({ ...options.policy, decisionConfidence: document }, "calibrated policy");
  const answered = decisions.filter(({ decision }) => decision.answer !== null);
  const support = judged(packScores(answered.map(({ decision, isRight }) => ({ score: decision.support, isRight }))));
  return { document, policy, questions, support, notes };
}

function requireQuestions(questions: number, short: number, maxSamples: number): void {
  if (questions > 0) return;
  throw new QuorateError({
    code: "bad-input",
    what: "No question has a gold answer and the samples of a full vote.",
    ...(short > 0 && {
      hint: `${counted(short, "question")} have fewer than ${maxSamples} samples: lower --max-samples.`,
    }),
  });
}
