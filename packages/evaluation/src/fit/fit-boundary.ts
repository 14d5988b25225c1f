import { betaTail } from "@quorate/core";
import type { SeenState, VoteStates } from "./vote-states.ts";

/** By band, number of samples from 1 and votes of the runner-up: the fewest leader votes that stop. */
export type Boundary = readonly (readonly (readonly number[])[])[];

export interface BoundaryOptions {
  readonly bandCount: number;
  /** What a sample costs, in disagreements with the full vote. */
  readonly samplePrice: number;
  /** Questions that the Beta boundary counts for in every state. */
  readonly shrinkage: number;
}

/** Levels of the Beta boundary that are tried: logarithmic in the tail. */
const levels = Array.from({ length: 41 }, (_, i) => 1 - 0.4 * 10 ** (-i / 10));

/**
 * Backward induction over the states of recorded votes: stopping costs a disagreement with the full vote, going on costs a
 * sample. Rare states would learn their few questions by heart, so what they say is weighed against the Beta boundary of the
 * best level for this price; of the states with equal samples and equal runner-up, the cut that costs least is taken, and
 * cuts never fall as the runner-up's votes rise or as confidence falls. The values that later decisions are made of are
 * those of the cuts, not of what each state would have liked.
 */
export function fitBoundary(states: VoteStates, { bandCount, samplePrice, shrinkage }: BoundaryOptions): Boundary {
  const level = bestLevel(states, samplePrice);
  const values = new Map<number, number>();
  for (const state of states.after(states.maxSamples)) values.set(states.keyOf(state), stoppingCost(state));
  const boundary: number[][][] = Array.from({ length: bandCount }, () => [[]]);
  for (let samples = states.maxSamples - 1; samples >= 1; samples -= 1) {
    const seen = states.after(samples);
    const gains = new Map(
      seen.map((state) => [
        states.keyOf(state),
        state.weight * (goingOnCost(state, values, samplePrice) - stoppingCost(state)),
      ]),
    );
    const rows = cutsOf(bandCount, samples, (leader, runnerUp, band) => {
      const seenGain = gains.get(states.keyOf({ samples, leader, runnerUp, band })) ?? 0;
      const isSettled = leader - runnerUp > states.maxSamples - samples;
      return seenGain + shrinkage * (isSettled ? samplePrice : betaTail(leader, runnerUp) - level);
    });
    rows.forEach((row, band) => {
      boundary[band]![samples - 1] = row;
    });
    for (const state of seen) {
      const stops = state.leader >= (rows[state.band]![state.runnerUp] ?? Number.POSITIVE_INFINITY);
      values.set(states.keyOf(state), stops ? stoppingCost(state) : goingOnCost(state, values, samplePrice));
    }
  }
  return boundary;
}

/** For each band the row of cuts after so many samples. */
function cutsOf(
  bandCount: number,
  samples: number,
  gainOf: (leader: number, runnerUp: number, band: number) => number,
): number[][] {
  const rows: number[][] = [];
  for (let band = 0; band < bandCount; band += 1) {
    const row: number[] = [];
    for (let runnerUp = 0; 2 * runnerUp <= samples; runnerUp += 1) {
      const wanted = bestCut(Math.max(1, runnerUp), samples - runnerUp, (leader) => gainOf(leader, runnerUp, band));
      // Never lower than for a weaker runner-up, never higher than for less confidence.
      const enough = rows[band - 1]?.[runnerUp] ?? Number.POSITIVE_INFINITY;
      const cut = Math.min(enough, Math.max(wanted, row.at(-1) ?? 0));
      if (cut > samples - runnerUp) break;
      row.push(cut);
    }
    rows.push(row);
  }
  return rows;
}

/** The cut from which on stopping gains most; beyond `most`, where it gains nothing anywhere. */
function bestCut(fewest: number, most: number, gainAt: (leader: number) => number): number {
  let [best, cut, sum] = [0, most + 1, 0];
  for (let leader = most; leader >= fewest; leader -= 1) {
    sum += gainAt(leader);
    if (sum > best) [best, cut] = [sum, leader];
  }
  return cut;
}

function stoppingCost({ disagreeing, weight }: SeenState): number {
  return disagreeing / weight;
}

function goingOnCost(state: SeenState, values: ReadonlyMap<number, number>, samplePrice: number): number {
  let sum = 0;
  for (const [key, weight] of state.next) sum += weight * values.get(key)!;
  return samplePrice + sum / state.weight;
}

/** The level of the Beta criterion that costs least on these very votes. */
function bestLevel(states: VoteStates, samplePrice: number): number {
  let [best, least] = [levels[0]!, Number.POSITIVE_INFINITY];
  for (const level of levels) {
    const values = new Map<number, number>();
    for (let samples = states.maxSamples; samples >= 1; samples -= 1) {
      for (const state of states.after(samples)) {
        const { leader, runnerUp } = state;
        const isSettled = leader - runnerUp >= states.maxSamples - samples;
        const stops = isSettled || (leader > 0 && betaTail(leader, runnerUp) >= level);
        values.set(states.keyOf(state), stops ? stoppingCost(state) : goingOnCost(state, values, samplePrice));
      }
    }
    const cost = states.meanAtStart((key) => values.get(key)!);
    if (cost < least) [best, least] = [level, cost];
  }
  return best;
}
