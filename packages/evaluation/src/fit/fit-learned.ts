import type { GraderSettings } from "@quorate/answers";
import { ballotOf, elicitorFor, estimatorFor, fitPolicy, signalsFrom, withSignal } from "@quorate/confidence";
import { type Policy, parsePolicy, QuorateError } from "@quorate/core";
import { seededPermutation, type TraceFile } from "@quorate/providers";
import { readEntry } from "../replay/reading.ts";
import { fitBoundary } from "./fit-boundary.ts";
import { VoteStates } from "./vote-states.ts";

export interface FitLearnedOptions {
  readonly trace: TraceFile;
  /** Samples of the full vote; questions with fewer are no example of it and are left out. */
  readonly maxSamples: number;
  /**
   * What a sample costs, in disagreements with the full vote: at 0.002, five hundred samples are worth one. The dial between
   * few samples and much agreement.
   */
  readonly samplePrice: number;
  readonly name?: string;
  /** Orders of each question's samples. @default 20 */
  readonly permutations?: number;
  /** @default 1 */
  readonly seed?: string | number;
  /** Questions that the Beta boundary counts for in every state: more, and the table is closer to it. @default 10 */
  readonly shrinkage?: number;
  /** Where a vote's confidence comes from, and the mean confidences at which another band begins. */
  readonly confidence?: { readonly source: NonNullable<Policy["confidence"]>; readonly bandsFrom: readonly number[] };
  /** How answers are read where the trace holds texts. */
  readonly grading?: GraderSettings;
}

/**
 * Learns a policy from recorded samples: `learned` beside `curtailed`, which knows of ties what counts cannot. Disagreement with the full vote needs no gold answers. What it promises on
 * other questions is for an evaluation on other questions to say.
 *
 * @throws QuorateError `bad-input` when no question has the samples of a full vote
 */
export async function fitLearned(options: FitLearnedOptions): Promise<Policy> {
  const { trace, maxSamples, samplePrice, name = "learned", permutations = 20, seed = 1, shrinkage = 10 } = options;
  const bandsFrom = [0, ...(options.confidence?.bandsFrom ?? [])];
  const confidence = confidenceOf(options);
  const estimate = estimatorFor(parsePolicy({ name, confidence, stop: { rule: "fixed" } }));
  const elicitor = confidence === null ? undefined : elicitorFor(confidence);
  const states = new VoteStates(maxSamples, bandsFrom);
  let learnedFrom = 0;
  for await (const entry of trace) {
    if (entry.samples.length < maxSamples) continue;
    learnedFrom += 1;
    const { question, samples } = readEntry(entry, options.grading ?? {}, [elicitor]);
    const ballots = samples.map((sample) => ballotOf(withSignal(sample, elicitor, question), estimate));
    for (let permutation = 0; permutation < permutations; permutation += 1) {
      const order = seededPermutation(samples.length, seed, question.id, permutation);
      states.add(
        Array.from(order, (place) => ballots[place]!),
        1 / permutations,
      );
    }
  }
  if (learnedFrom === 0) {
    throw new QuorateError({
      code: "bad-input",
      what: `No question of ${trace.path} has ${maxSamples} samples to learn from.`,
      hint: "Learn with a smaller full vote.",
    });
  }
  const boundary = fitBoundary(states, { bandCount: bandsFrom.length, samplePrice, shrinkage });
  const bands = boundary.map((leaderVotes, band) => ({ minConfidence: bandsFrom[band], leaderVotes }));
  const stop = { rule: "any", rules: [{ rule: "curtailed" }, { rule: "learned", bands }] };
  return parsePolicy({ name, confidence, stop }, `policy learned from ${trace.path}`);
}

/** The recording may stand in for the source that the policy names. */
function confidenceOf({ confidence, trace, name = "learned" }: FitLearnedOptions): Policy["confidence"] {
  if (confidence === undefined) return null;
  const wanted = parsePolicy({ name, confidence: confidence.source, stop: { rule: "fixed" } });
  return fitPolicy(wanted, signalsFrom(trace, wanted.confidence), trace.path).policy.confidence;
}
