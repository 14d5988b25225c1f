import type { Ending } from "./ending.ts";
import type { SampleCosts } from "./sample-costs.ts";
import type { Shuffled } from "./shuffled.ts";

/** @param samplesPerRequest samples that one request may carry, perhaps any number; a wave of more takes several */
export function requestsOf({ waves }: Ending, samplesPerRequest: number): number {
  return waves.reduce((sum, samples) => sum + Math.max(1, Math.ceil(samples / samplesPerRequest)), 0);
}

/** Generated tokens of the samples that were drawn. */
export function outputTokensOf(
  { samples }: Ending,
  { order }: Shuffled,
  tokens: NonNullable<SampleCosts["outputTokens"]>,
): number {
  let sum = 0;
  for (let place = 0; place < samples; place += 1) sum += tokens[order[place]!]!;
  return sum;
}

/** A round takes as long as the slowest of its samples, and the next one begins when it is over. */
export function secondsOf(
  { waves }: Ending,
  { order }: Shuffled,
  seconds: NonNullable<SampleCosts["seconds"]>,
): number {
  let sum = 0;
  let place = 0;
  for (const samples of waves) {
    let slowest = 0;
    for (const end = place + samples; place < end; place += 1) slowest = Math.max(slowest, seconds[order[place]!]!);
    sum += slowest;
  }
  return sum;
}
