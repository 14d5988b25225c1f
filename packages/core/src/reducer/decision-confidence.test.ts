import { describe, expect, it } from "vitest";
import type { DecisionConfidence } from "../decision-confidence/decision-confidence.ts";
import { compilePolicy } from "../policy/compile.ts";
import { fullVoteOf } from "../policy/full-vote.ts";
import { presetNamed } from "../policy/presets.ts";
import { type Policy, parsePolicy } from "../policy/schema.ts";
import { setParameter } from "../policy/set.ts";
import { withValue } from "../policy/with-value.ts";
import { advance } from "./advance.ts";
import type { Decision } from "./decision.ts";
import type { Ballot, QuestionEvent } from "./events.ts";
import { openQuestion } from "./state.ts";

/** Log-odds: ln(1 + lead) − 1 and, where wanted, the log-odds of the mean confidence of the answer's votes. */
function model(readsConfidence: boolean): DecisionConfidence {
  const feature = (name: string) => ({ name, mean: 0, deviation: 1, weight: 1 });
  return {
    version: 1,
    method: "vote-state",
    model: {
      ridge: 1,
      intercept: -1,
      features: [feature("log-lead"), ...(readsConfidence ? [feature("leader-confidence")] : [])],
    },
    calibrator: { form: "identity" },
    crossValidated: { folds: 5, groups: 100, ece: 0.01, brier: 0.1, auroc: 0.9 },
    fittedOn: { file: "f", digest: "d", date: "2025-01-31", count: 1000, right: 700 },
  };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const vote = (answer: string, confidence?: number): Ballot => ({
  kind: "answer",
  answer,
  ...(confidence !== undefined && { confidence }),
});
const abstains: Ballot = { kind: "abstention", reason: "no-answer" };

function decisionOf(policy: Policy, ballots: readonly Ballot[], maxSamples = ballots.length): Decision {
  let step = advance(openQuestion(compilePolicy(policy), { maxSamples }), { type: "question-opened" });
  const events: QuestionEvent[] = ballots.map((ballot, index) => ({ type: "sample-recorded", index, ballot }));
  for (const event of [...events, { type: "limit-reached", limit: "deadline" } as const]) {
    for (const command of step.commands) if (command.type === "decide") return command.decision;
    step = advance(step.state, event);
  }
  return step.commands.flatMap((command) => (command.type === "decide" ? [command.decision] : []))[0]!;
}

const counting = parsePolicy({ ...presetNamed("asc"), decisionConfidence: model(false) });
const reading = parsePolicy({
  ...presetNamed("asc"),
  confidence: { elicitor: "recorded" },
  decisionConfidence: model(true),
});

describe("the confidence of a decision", () => {
  it("is what the state of its vote says", () => {
    const decision = decisionOf(
      counting,
      ["A", "A", "A", "A"].map((answer) => vote(answer)),
      16,
    );
    expect(decision).toMatchObject({ reason: "beta", sampleCount: 4 });
    expect(decision.confidence).toBeCloseTo(logistic(Math.log(5) - 1), 12);
    const split = decisionOf(counting, [vote("A"), vote("B"), vote("A"), abstains]);
    expect(split.confidence).toBeCloseTo(logistic(Math.log(2) - 1), 12);
  });

  it("reads the mean confidence of the votes for the answer, and of no others", () => {
    const decision = decisionOf(reading, [vote("A", 0.9), vote("B", 0.1), vote("A", 0.7), abstains, vote("A")]);
    expect(decision.answer).toBe("A");
    expect(decision.confidence).toBeCloseTo(logistic(Math.log(3) - 1 + Math.log(0.8 / 0.2)), 12);
  });

  it("is there for the best answer so far, too, when a limit came first", () => {
    const decision = decisionOf(counting, [vote("A"), vote("A")], 16);
    expect(decision).toMatchObject({ interim: true, reason: "deadline" });
    expect(decision.confidence).toBeCloseTo(logistic(Math.log(3) - 1), 12);
  });

  it("is absent without an answer, and where the votes lack the confidence that the fit always had", () => {
    expect(decisionOf(counting, [abstains, abstains])).not.toHaveProperty("confidence");
    expect(decisionOf(reading, [vote("A"), vote("A")])).not.toHaveProperty("confidence");
  });

  it("takes the place of what a rule reads of a single sample", () => {
    const gate = parsePolicy({
      name: "gate",
      confidence: { elicitor: "recorded" },
      stop: { rule: "gate", level: 0.9 },
    });
    expect(decisionOf(gate, [vote("A", 0.95)], 8)).toMatchObject({ reason: "gate", confidence: 0.95 });
    const fitted = decisionOf(parsePolicy({ ...gate, decisionConfidence: model(false) }), [vote("A", 0.95)], 8);
    expect(fitted.confidence).toBeCloseTo(logistic(Math.log(2) - 1), 12);
  });

  it("is the policy's as it was fitted: any change takes it away", () => {
    for (const changed of [
      setParameter(counting, "stop.level=0.9"),
      withValue(counting, { answerUsd: 1, sampleUsd: 0.001 }),
      fullVoteOf(counting),
    ]) {
      expect(changed.decisionConfidence).toBeUndefined();
    }
  });
});

describe("abstaining", () => {
  const below = (level: number, policy = counting) => parsePolicy({ ...policy, abstainBelow: level });
  const two = [vote("A"), vote("A")];

  it("marks an answer that is less likely right than the level, and keeps it", () => {
    const p = logistic(Math.log(3) - 1);
    expect(decisionOf(below(p + 1e-9), two)).toMatchObject({ answer: "A", abstained: true });
    expect(decisionOf(below(p - 1e-9), two)).not.toHaveProperty("abstained");
  });

  it("marks an answer whose chance is not known, and no missing answer", () => {
    expect(decisionOf(below(0.1, reading), two)).toMatchObject({ answer: "A", abstained: true });
    expect(decisionOf(below(0.9), [abstains])).not.toHaveProperty("abstained");
  });

  it("needs a confidence of the decision, and may be set", () => {
    expect(() => parsePolicy({ ...presetNamed("asc"), abstainBelow: 0.5 })).toThrowError(
      /quorate calibrate --decision/,
    );
    const set = setParameter(counting, "abstainBelow=0.6");
    expect(set).toMatchObject({ abstainBelow: 0.6, decisionConfidence: counting.decisionConfidence });
  });
});
