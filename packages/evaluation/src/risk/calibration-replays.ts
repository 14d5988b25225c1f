import { setImmediate } from "node:timers/promises";
import type { GraderSettings } from "@quorate/answers";
import { ballotOf, type Estimator, elicitorFor, withSignal } from "@quorate/confidence";
import { type CompiledPolicy, compilePolicy, fullVoteOf, type Policy, type Risk } from "@quorate/core";
import { seededInteger, seededPermutation, type TraceFile } from "@quorate/providers";
import { type ReadEntry, readEntry } from "../replay/reading.ts";
import { replay } from "../replay/replay.ts";
import { type Answered, lossOf } from "./losses.ts";

export interface ReplayOptions {
  readonly trace: TraceFile;
  /** They share confidence and weighting. */
  readonly policies: readonly Policy[];
  readonly estimate: Estimator;
  readonly risk: Risk;
  readonly maxSamples: number;
  readonly permutations: number;
  readonly seed: string | number;
  readonly grading: GraderSettings;
  readonly signal?: AbortSignal;
}

/** What a policy did on one question: means over its permutations. */
interface Replays {
  readonly loss: number;
  readonly samples: number;
  readonly rounds: number;
}

export interface CalibrationQuestion {
  readonly id: string;
  /** One a policy, in their order. */
  readonly policies: readonly Replays[];
  readonly fullVoteRounds: number;
}

export interface Calibration {
  /** Independent of each other: of questions that share a group there is one. */
  readonly questions: readonly CalibrationQuestion[];
  /** What was left out, for a person to know. */
  readonly notes: readonly string[];
}

interface Outcome extends Answered {
  readonly samples: number;
  readonly rounds: number;
}

/** So often others get their turn. */
const questionsPerTurn = 64;

/**
 * Replays policies beside their own full vote, question by question. A question with fewer samples than the full vote is
 * left out, since its full vote would be another one; one with more gives a random part of them. Of a group the question
 * counts that the seed picks, whatever the others would have said.
 */
export async function replayForCalibration(options: ReplayOptions): Promise<Calibration> {
  const { trace, risk, maxSamples, grading, seed, signal } = options;
  const compiled = options.policies.map(compilePolicy);
  const elicitor = elicitorOf(options.policies[0]!);
  const fullVote = compilePolicy(fullVoteOf(options.policies[0]!));
  const kept = new Map<string, { readonly draw: number; readonly question: CalibrationQuestion }>();
  let [seen, short, ungraded, sharing] = [0, 0, 0, 0];
  for await (const entry of trace) {
    signal?.throwIfAborted();
    seen += 1;
    if (seen % questionsPerTurn === 0) await setImmediate();
    const { id, group, gold } = entry.question;
    if (entry.samples.length < maxSamples) {
      short += 1;
      continue;
    }
    if (risk === "excess-error" && gold === undefined) {
      ungraded += 1;
      continue;
    }
    // Named apart, so that a group may bear the id of a question outside it.
    const key = group === undefined ? `question ${seen}` : `group ${group}`;
    const draw = seededInteger("calibration", seed, id);
    const rival = kept.get(key);
    if (rival !== undefined) sharing += 1;
    if (rival !== undefined && rival.draw <= draw) continue;
    kept.set(key, {
      draw,
      question: replayQuestion(readEntry(entry, grading, [elicitor]), compiled, fullVote, options),
    });
  }
  return {
    questions: [...kept.values()].map(({ question }) => question),
    notes: [
      ...(short > 0
        ? [
            `${short} of ${seen} questions have fewer than ${maxSamples} samples and were left out; where a run stopped early, ` +
              "those that are left are the harder ones (record the full vote with --policy sc)",
          ]
        : []),
      ...(ungraded > 0 ? [`${ungraded} of ${seen} questions have no gold answer and were left out`] : []),
      ...(sharing > 0
        ? [
            `${sharing} questions share their group with another and were left out: one a group counts, chosen by the seed`,
          ]
        : []),
    ],
  };
}

function elicitorOf({ confidence }: Policy) {
  return confidence === null ? undefined : elicitorFor(confidence);
}

function replayQuestion(
  { question, samples, isRight }: ReadEntry,
  policies: readonly CompiledPolicy[],
  fullVote: CompiledPolicy,
  { estimate, risk, maxSamples, permutations, seed, policies: given }: ReplayOptions,
): CalibrationQuestion {
  const elicitor = elicitorOf(given[0]!);
  const optionCount = question.options?.length;
  const limits = { maxSamples, ...(optionCount !== undefined && { optionCount }) };
  const ballots = samples.map((sample) => ballotOf(withSignal(sample, elicitor, question), estimate));
  const replaying =
    (policy: CompiledPolicy) =>
    (order: Uint32Array): Outcome => {
      const { decision, waves } = replay(policy, limits, ballots, order);
      const { answer, sampleCount } = decision;
      return {
        answer,
        isRight: isRight && answer !== null && isRight(answer),
        samples: sampleCount,
        rounds: waves.length,
      };
    };
  const full = replaying(fullVote);
  const early = policies.map(replaying);
  const sums = policies.map(() => ({ loss: 0, samples: 0, rounds: 0 }));
  let fullVoteRounds = 0;
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    const order = seededPermutation(samples.length, seed, question.id, permutation);
    const reference = full(order);
    fullVoteRounds += reference.rounds;
    early.forEach((decide, place) => {
      add(sums[place]!, decide(order), reference, risk);
    });
  }
  return {
    id: question.id,
    policies: sums.map(({ loss, samples: drawn, rounds }) => ({
      loss: loss / permutations,
      samples: drawn / permutations,
      rounds: rounds / permutations,
    })),
    fullVoteRounds: fullVoteRounds / permutations,
  };
}

function add(
  sums: { loss: number; samples: number; rounds: number },
  outcome: Outcome,
  full: Outcome,
  risk: Risk,
): void {
  sums.loss += lossOf(risk, outcome, full) ?? 0;
  sums.samples += outcome.samples;
  sums.rounds += outcome.rounds;
}
