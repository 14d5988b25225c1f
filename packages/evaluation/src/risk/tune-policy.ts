import type { GraderSettings } from "@quorate/answers";
import { type Policy, parsePolicy, QuorateError, type Risk, setParameter, type TuningMethod } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";
import { fitPolicies } from "../replay/fitted-policies.ts";
import { type Calibration, type CalibrationQuestion, replayForCalibration } from "./calibration-replays.ts";
import { conformalThreshold, fewestQuestionsToRank } from "./conformal.ts";
import { fewestQuestionsToTest, learnThenTest } from "./learn-then-test.ts";
import { tunableParameter } from "./levels.ts";
import type { LevelOutcome, TestedLevel, Tuning } from "./tuning.ts";

export interface TuneOptions {
  readonly trace: TraceFile;
  /** SHA-256 of the trace's file, hexadecimal: what the policy says it was tuned on. */
  readonly digest: string;
  readonly policy: Policy;
  readonly risk: Risk;
  /** Bound on the risk, in (0,1). */
  readonly epsilon: number;
  /** Chance that the bound does not hold, in (0,1); needed to learn then test, and absent for a conformal level. */
  readonly delta?: number;
  /** Samples of the full vote. */
  readonly maxSamples: number;
  /** @default "learn-then-test" */
  readonly method?: TuningMethod;
  /** As `--set` would name it; needed where several could be meant. */
  readonly parameter?: string;
  /** To be chosen before looking. @default 1 */
  readonly seed?: string | number;
  /** Orders in which each question is replayed. @default 1 */
  readonly permutations?: number;
  readonly grading?: GraderSettings;
  readonly signal?: AbortSignal;
}

/**
 * Finds the loosest level of a policy's rule that keeps a bound on the risk of stopping early, on recorded samples.
 * `learn-then-test`: with probability 1 − δ over calibration sets the risk is at most ε. `conformal`: on average over them.
 *
 * @throws QuorateError `bad-option` or `bad-input` saying what is missing, and how many questions it would take
 */
export async function tunePolicy(options: TuneOptions): Promise<Tuning> {
  const { trace, epsilon, maxSamples, risk, method = "learn-then-test", seed = 1, permutations = 1 } = options;
  const { fitted, estimate, notes } = fit(options.policy, trace);
  const { path: parameter, value, strictToLoose } = tunableParameter(fitted, options.parameter);
  const delta = checkedDelta(options);
  if (method === "conformal" && permutations !== 1) {
    throw new QuorateError({ code: "bad-option", what: "A conformal level takes one permutation a question." });
  }
  const atLevels = strictToLoose.map((level) => setParameter(fitted, `${parameter}=${level}`));
  const calibration = await replayForCalibration({
    trace,
    policies: [...atLevels, fitted],
    estimate,
    risk,
    maxSamples,
    permutations,
    seed,
    grading: options.grading ?? {},
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  const { questions } = calibration;
  requireEnough(calibration, epsilon, delta);
  const outcomes = strictToLoose.map((level, place) => ({ level, ...outcomeAt(questions, place) }));
  const path =
    delta === undefined
      ? conformalPath(outcomes, questions, epsilon)
      : testedPath(outcomes, questions.length, permutations === 1, epsilon, delta);
  const chosen = path.findLast(({ passed }) => passed);
  if (chosen === undefined) throw noLevel(path[0]!, options, questions.length);
  return {
    policy: tunedPolicy(atLevels[strictToLoose.indexOf(chosen.level)]!, options, {
      method,
      risk,
      epsilon,
      ...(delta !== undefined && { delta }),
      maxSamples,
      data: { file: trace.path, digest: options.digest, questions: questions.length },
      parameter,
      level: chosen.level,
    }),
    method,
    risk,
    epsilon,
    ...(delta !== undefined && { delta }),
    maxSamples,
    file: trace.path,
    questions: questions.length,
    permutations,
    parameter,
    chosen,
    untuned: { level: value, ...outcomeAt(questions, strictToLoose.length) },
    fullVote: { meanSamples: maxSamples, meanRounds: mean(questions, ({ fullVoteRounds }) => fullVoteRounds) },
    path,
    notes: [...notes, ...calibration.notes],
  };
}

function fit(policy: Policy, trace: TraceFile) {
  const { working, skipped, notes } = fitPolicies([policy], trace);
  const [found] = working;
  if (found === undefined) throw new QuorateError({ code: "missing-signal", what: skipped[0]!.why });
  return { fitted: found.compiled.policy, estimate: found.estimate, notes };
}

function checkedDelta({ method = "learn-then-test", epsilon, delta }: TuneOptions): number | undefined {
  for (const [name, value] of [
    ["epsilon", epsilon],
    ["delta", delta],
  ] as const) {
    if (value === undefined || (value > 0 && value < 1)) continue;
    throw new QuorateError({
      code: "bad-option",
      what: `${name} is off.`,
      seen: value,
      expected: "a number between 0 and 1",
    });
  }
  if (method === "conformal") {
    if (delta === undefined) return undefined;
    throw new QuorateError({
      code: "bad-option",
      what: "A conformal bound holds on average and has no delta.",
      hint: "Leave delta out, or learn then test.",
    });
  }
  if (delta !== undefined) return delta;
  throw new QuorateError({
    code: "bad-option",
    what: "To learn then test, delta is needed: the chance that the bound may fail to hold, such as 0.1.",
  });
}

function requireEnough({ questions, notes }: Calibration, epsilon: number, delta: number | undefined): void {
  const needed = delta === undefined ? fewestQuestionsToRank(epsilon) : fewestQuestionsToTest(epsilon, delta);
  if (questions.length >= needed) return;
  const bound = delta === undefined ? `ε = ${epsilon}` : `ε = ${epsilon} and δ = ${delta}`;
  throw new QuorateError({
    code: "bad-input",
    what: `${questions.length} questions are too few for ${bound}: even if none of them were lost, it takes ${needed}.`,
    hint: ["Record more questions, or allow a larger ε.", ...notes.map((note) => `Note: ${note}.`)].join(" "),
  });
}

function outcomeAt(questions: readonly CalibrationQuestion[], place: number): Omit<LevelOutcome, "level"> {
  return {
    measuredRisk: mean(questions, ({ policies }) => policies[place]!.loss),
    meanSamples: mean(questions, ({ policies }) => policies[place]!.samples),
    meanRounds: mean(questions, ({ policies }) => policies[place]!.rounds),
  };
}

function mean(questions: readonly CalibrationQuestion[], of: (question: CalibrationQuestion) => number): number {
  return questions.reduce((sum, question) => sum + of(question), 0) / questions.length;
}

function testedPath(
  outcomes: readonly LevelOutcome[],
  count: number,
  isBinary: boolean,
  epsilon: number,
  delta: number,
): TestedLevel[] {
  const levels = outcomes.map((outcome) => {
    const sum = outcome.measuredRisk * count;
    return { outcome, count, sum: isBinary ? Math.round(sum) : sum, isBinary };
  });
  return learnThenTest(levels, epsilon, delta).map(({ outcome, pValue, upperBound, passed }) => ({
    ...outcome,
    pValue,
    upperBound,
    passed,
  }));
}

/** A question's running maximum on the grid: how many levels are as loose as the strictest that loses it, or looser. */
function conformalPath(
  outcomes: readonly LevelOutcome[],
  questions: readonly CalibrationQuestion[],
  epsilon: number,
): TestedLevel[] {
  const strictness = (place: number) => outcomes.length - place;
  const maxima = questions.map(({ policies }) => {
    const strictest = outcomes.findIndex((_, place) => policies[place]!.loss > 0);
    return strictest === -1 ? 0 : strictness(strictest);
  });
  const threshold = conformalThreshold(maxima, epsilon) ?? outcomes.length;
  return outcomes.map((outcome, place) => ({ ...outcome, passed: strictness(place) > threshold }));
}

function noLevel(strictest: TestedLevel, { risk, epsilon, delta }: TuneOptions, count: number): QuorateError {
  const lost = `${Number((100 * strictest.measuredRisk).toFixed(2))} %`;
  const upper = strictest.upperBound === undefined ? "" : `, at most ${(100 * strictest.upperBound).toFixed(2)} %`;
  return new QuorateError({
    code: "bad-input",
    what: `No level keeps ε = ${epsilon}${delta === undefined ? "" : ` and δ = ${delta}`}: at the strictest, ${strictest.level}, the ${risk} over ${count} questions is ${lost}${upper}.`,
    hint: "Allow a larger ε, record more questions, or use a policy that never stops early unless it is safe (sc, or the rule curtailed).",
  });
}

function tunedPolicy(policy: Policy, { policy: given }: TuneOptions, tuned: Policy["tuned"]): Policy {
  const suffix = "-tuned";
  const name = given.name.endsWith(suffix) ? given.name : `${given.name.slice(0, 80 - suffix.length)}${suffix}`;
  return parsePolicy({ ...policy, name, tuned }, "tuned policy");
}
