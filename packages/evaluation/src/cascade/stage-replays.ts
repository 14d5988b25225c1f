import type { GraderSettings } from "@quorate/answers";
import { ballotOf } from "@quorate/confidence";
import type { Decision } from "@quorate/core";
import { type ModelPrice, seededPermutation, type TraceEntry } from "@quorate/providers";
import type { FittedPolicy } from "../replay/fitted-policies.ts";
import { readEntry } from "../replay/reading.ts";
import { replay } from "../replay/replay.ts";
import { sampleCosts } from "../replay/sample-costs.ts";

/** One decision of one stage. */
export interface StageDecision {
  readonly isRight: boolean;
  /** Of its being right; absent without an answer. */
  readonly confidence?: number;
  readonly samples: number;
  readonly costUsd?: number;
}

export interface StageReplayOptions {
  readonly fitted: FittedPolicy;
  readonly price?: ModelPrice | "unknown";
  readonly maxSamples: number;
  readonly permutations: number;
  /** Apart for every stage: the orders of two models have nothing to do with each other. */
  readonly seed: string;
  readonly grading: GraderSettings;
}

/** What a stage decides on one question, in each order; undefined without gold. */
export function replayStage(entry: TraceEntry, options: StageReplayOptions): readonly StageDecision[] | undefined {
  const { fitted, price, permutations, seed, grading } = options;
  const { question, samples, isRight } = readEntry(entry, grading);
  if (isRight === undefined) return undefined;
  const ballots = samples.map((sample) => ballotOf(sample, fitted.estimate));
  const costs = sampleCosts(question, entry.samples, { seed, ...(price !== undefined && { price }) });
  const optionCount = question.options?.length;
  const limits = {
    maxSamples: Math.min(options.maxSamples, samples.length),
    ...(optionCount !== undefined && { optionCount }),
  };
  return Array.from({ length: permutations }, (_, permutation) => {
    const order = seededPermutation(samples.length, seed, question.id, permutation);
    const { decision, waves } = replay(fitted.compiled, limits, ballots, order);
    const costUsd = dollarsOf(decision, waves.length, order, costs);
    return {
      isRight: decision.answer !== null && isRight(decision.answer),
      ...(decision.confidence !== undefined && { confidence: decision.confidence }),
      samples: decision.sampleCount,
      ...(costUsd !== undefined && { costUsd }),
    };
  });
}

/** The prompt once a wave, where it is on record. */
function dollarsOf(
  { sampleCount }: Decision,
  waveCount: number,
  order: Uint32Array,
  { outputTokens, outputTokenUsd, promptUsd = 0 }: ReturnType<typeof sampleCosts>,
): number | undefined {
  if (outputTokens === undefined || outputTokenUsd === undefined) return undefined;
  let tokens = 0;
  for (let place = 0; place < sampleCount; place += 1) tokens += outputTokens[order[place]!]!;
  return tokens * outputTokenUsd + waveCount * promptUsd;
}
