import { setImmediate } from "node:timers/promises";
import type { GraderSettings } from "@quorate/answers";
import { type Policy, QuorateError } from "@quorate/core";
import type { ModelPrice, TraceFile } from "@quorate/providers";
import { groupName } from "../calibrate/graded-trace.ts";
import { type FittedPolicy, fitPolicies } from "../replay/fitted-policies.ts";
import { bootstrapInterval } from "../statistics/bootstrap.ts";
import { GroupSums } from "../statistics/group-sums.ts";
import { counted } from "../text/numbers.ts";
import type { AbstentionPoint, Cascade, EscalationPoint, StageScore } from "./cascade.ts";
import { replayStage, type StageDecision } from "./stage-replays.ts";

export interface CascadeStage {
  readonly trace: TraceFile;
  /** Knows P(right) of its decisions on this model's samples. */
  readonly policy: Policy;
  readonly price?: ModelPrice | "unknown";
}

export interface CascadeOptions {
  /** At least two, the cheapest first, recorded on the same questions. */
  readonly stages: readonly CascadeStage[];
  /** Samples of the full vote, at every stage. */
  readonly maxSamples: number;
  readonly permutations: number;
  readonly seed: string | number;
  readonly grading?: GraderSettings;
  /** Where a decision goes on to the next model. @default from never to always */
  readonly escalateBelow?: readonly number[];
}

const usualLevels = [0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1];
const abstentionLevels = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** A question in one order: the decision of every stage, and what errs together with it. */
interface Course {
  readonly group: string;
  readonly stages: readonly StageDecision[];
}

/** So often others get their turn. */
const questionsPerTurn = 64;

/**
 * A cascade in replay: decisions less likely right than a level go on to the next model. Only what a question reached is
 * paid for. A question counts that every recording holds, with gold.
 *
 * @throws QuorateError `bad-policy` for a policy without a confidence of its decisions, `bad-input` without common questions
 */
export async function evaluateCascade(options: CascadeOptions): Promise<Cascade> {
  const { stages, maxSamples, permutations, seed, grading = {} } = options;
  requireStages(stages);
  const fitted: FittedPolicy[] = [];
  const notes: string[] = [];
  for (const { policy, trace } of stages) {
    const { working, skipped, notes: said } = await fitPolicies([policy], trace);
    if (working[0] === undefined) throw new QuorateError({ code: "missing-signal", what: skipped[0]!.why });
    fitted.push(working[0]);
    notes.push(...said);
  }
  const courses: Course[] = [];
  let [seen, questions] = [0, 0];
  for await (const { question } of stages[0]!.trace) {
    seen += 1;
    if (seen % questionsPerTurn === 0) await setImmediate();
    const decisions: (readonly StageDecision[])[] = [];
    for (const [place, { trace, price }] of stages.entries()) {
      const index = trace.indexOf(question.id);
      if (index === -1) break;
      const entry = { question: await trace.questionAt(index), samples: await trace.samplesAt(index) };
      const settings = { fitted: fitted[place]!, maxSamples, permutations, seed: `${seed} stage ${place}`, grading };
      const found = replayStage(entry, { ...settings, ...(price !== undefined && { price }) });
      if (found === undefined) break;
      decisions.push(found);
    }
    if (decisions.length < stages.length) continue;
    questions += 1;
    for (let permutation = 0; permutation < permutations; permutation += 1) {
      courses.push({ group: groupName(question), stages: decisions.map((stage) => stage[permutation]!) });
    }
  }
  if (questions === 0) {
    throw new QuorateError({
      code: "bad-input",
      what: "The recordings of the stages have no question with a gold answer in common.",
      hint: "Questions are the same when their ids are.",
    });
  }
  if (questions < seen)
    notes.push(`${counted(seen - questions, "question")} that not every stage recorded, with gold, left out`);
  return {
    questions,
    permutations,
    maxSamples,
    stages: stages.map((stage, place) => stageScore(stage, courses, place, seed)),
    escalating: (options.escalateBelow ?? usualLevels).map((below) => escalationPoint(courses, below, seed)),
    notes,
  };
}

function requireStages(stages: readonly CascadeStage[]): void {
  if (stages.length < 2) {
    throw new QuorateError({ code: "bad-option", what: "A cascade has two stages or more." });
  }
  const blind = stages.find(({ policy }) => policy.decisionConfidence === undefined);
  if (blind === undefined) return;
  throw new QuorateError({
    code: "bad-policy",
    what: `Policy "${blind.policy.name}" does not know how likely its decisions are right, so nothing says when to go on from ${blind.trace.path}.`,
    hint: "Fit it on other recorded questions: quorate calibrate TRACE --decision --policy NAME --max-samples N --policy-out FILE.",
  });
}

function stageScore({ trace, policy }: CascadeStage, courses: readonly Course[], place: number, seed: string | number) {
  const alone = courses.map(({ group, stages }) => ({ group, stages: [stages[place]!] }));
  const { accuracy, interval, samples, costUsd } = escalationPoint(alone, 0, seed);
  return {
    file: trace.path,
    policy: policy.name,
    accuracy,
    ...(interval !== undefined && { interval }),
    samples: samples[0]!,
    ...(costUsd !== undefined && { costUsd }),
  } satisfies StageScore;
}

function escalationPoint(courses: readonly Course[], below: number, seed: string | number): EscalationPoint {
  const last = courses[0]!.stages.length - 1;
  const right = new GroupSums();
  const reached = Array.from({ length: last + 1 }, () => 0);
  const samples = Array.from({ length: last + 1 }, () => 0);
  let costUsd: number | undefined = 0;
  const finals = courses.map(({ group, stages }) => {
    // An unknown chance has not been shown to be good enough; at level 0 nothing goes on all the same.
    const at = below === 0 ? 0 : stages.findIndex(({ confidence = 0 }, place) => place === last || confidence >= below);
    for (let place = 0; place <= at; place += 1) {
      const stage = stages[place]!;
      reached[place]! += 1;
      samples[place]! += stage.samples;
      costUsd = costUsd === undefined || stage.costUsd === undefined ? undefined : costUsd + stage.costUsd;
    }
    const final = stages[at]!;
    right.add(group, Number(final.isRight), 1);
    return final;
  });
  const interval = bootstrapInterval(right, { seed });
  const count = courses.length;
  return {
    below,
    reached: reached.map((questions) => questions / count),
    accuracy: finals.filter(({ isRight }) => isRight).length / count,
    ...(interval !== undefined && { interval }),
    samples: samples.map((sum) => sum / count),
    ...(costUsd !== undefined && { costUsd: costUsd / count }),
    abstaining: abstentionLevels.map((level) => abstentionPoint(finals, level)),
  };
}

function abstentionPoint(finals: readonly StageDecision[], below: number): AbstentionPoint {
  const given = below === 0 ? finals : finals.filter(({ confidence = 0 }) => confidence >= below);
  const right = given.filter(({ isRight }) => isRight).length;
  return {
    below,
    coverage: given.length / finals.length,
    ...(given.length > 0 && { accuracy: right / given.length }),
  };
}
