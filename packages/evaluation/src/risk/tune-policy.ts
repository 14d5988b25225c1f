import { type Policy, parsePolicy, QuorateError, setParameter } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";
import { fitPolicies } from "../replay/fitted-policies.ts";
import { type CalibrationQuestion, replayForCalibration } from "./calibration-replays.ts";
import { conformalThreshold } from "./conformal.ts";
import { learnThenTest } from "./learn-then-test.ts";
import { tunableParameter } from "./levels.ts";
import { checkedDelta, noLevel, requireEnough } from "./refusals.ts";
import type { LevelOutcome, TestedLevel, TuneOptions, Tuning } from "./tuning.ts";

/**
 * Finds the loosest level of a policy's rule that keeps a bound on the risk of stopping early, on recorded samples.
 * `learn-then-test`: with probability 1 − δ over calibration sets the risk is at most ε. `conformal`: on average over them.
 *
 * @throws QuorateError `bad-option` or `bad-input` saying what is missing, and how many questions it would take
 */
export async function tunePolicy(options: TuneOptions): Promise<Tuning> {
  const { trace, epsilon, maxSamples, risk, method = "learn-then-test", seed = 1, permutations = 1 } = options;
  const { fitted, estimate, notes } = await fit(options.policy, trace);
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

async function fit(policy: Policy, trace: TraceFile) {
  const { working, skipped, notes } = await fitPolicies([policy], trace);
  const [found] = working;
  if (found === undefined) throw new QuorateError({ code: "missing-signal", what: skipped[0]!.why });
  return { fitted: found.compiled.policy, estimate: found.estimate, notes };
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

function tunedPolicy(policy: Policy, { policy: given }: TuneOptions, tuned: Policy["tuned"]): Policy {
  const suffix = "-tuned";
  const name = given.name.endsWith(suffix) ? given.name : `${given.name.slice(0, 80 - suffix.length)}${suffix}`;
  return parsePolicy({ ...policy, name, tuned }, "tuned policy");
}
