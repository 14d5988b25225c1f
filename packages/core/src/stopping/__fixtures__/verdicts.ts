import { Tally } from "../../tally/tally.ts";
import { buildRule } from "../registry.ts";
import type { CountedSample, RuleContext, RuleSpec, StoppingRule, Verdict } from "../rule.ts";
import { ruleSpecSchema } from "../spec.ts";

export interface Moment {
  readonly rule: StoppingRule<unknown>;
  readonly state: unknown;
  readonly tally: Tally;
  readonly left: number;
}

export const goOn = (need: number): Verdict => ({ stop: false, need });

/** Each letter votes for itself with weight 1, "-" abstains. */
export function momentAfter(spec: RuleSpec, letters: string, options: Partial<RuleContext> = {}): Moment {
  const rule = buildRule(ruleSpecSchema.parse(spec));
  const context: RuleContext = {
    maxSamples: 40,
    weightRange: { min: 1, max: 1 },
    weightsShift: false,
    calibrated: false,
    ...options,
  };
  const opened: Moment = { rule, state: rule.init(context), tally: Tally.empty(), left: context.maxSamples };
  return [...letters].reduce(observe, opened);
}

export function observe({ rule, state, tally, left }: Moment, letter: string): Moment {
  const sample: CountedSample = letter === "-" ? { kind: "abstention" } : { kind: "vote", answer: letter, weight: 1 };
  const grown = sample.kind === "vote" ? tally.add(letter, 1) : tally.abstain();
  return { rule, state: rule.observe(state, sample, grown), tally: grown, left: left - 1 };
}

export const verdictOf = ({ rule, state, tally, left }: Moment): Verdict => rule.verdict(state, tally, left);

export const verdictAfter = (spec: RuleSpec, letters: string, options: Partial<RuleContext> = {}): Verdict =>
  verdictOf(momentAfter(spec, letters, options));

/** 3 : 1 : 1 as AAABC. */
export const votes = (...counts: number[]): string =>
  counts.map((count, place) => "ABCDEFGH"[place]!.repeat(count)).join("");

/**
 * The fewest further samples after which the rule stops, found by trying every future: each answer seen, a new one, an
 * abstention. Undefined when it is more than `most`.
 */
export function fewestToStop(moment: Moment, most: number): number | undefined {
  let frontier = [moment];
  for (let samples = 1; samples <= Math.min(most, moment.left); samples += 1) {
    const next = new Map<string, Moment>();
    for (const past of frontier) {
      const seen = past.tally.ranked().map(({ answer }) => answer);
      for (const letter of [...seen, `new ${seen.length}`, "-"]) {
        const future = observe(past, letter);
        if (verdictOf(future).stop) return samples;
        const counts = future.tally.ranked().sort((a, b) => a.id - b.id);
        next.set(`${counts.map(({ count }) => count)} ${future.tally.abstentionCount} ${future.state}`, future);
      }
    }
    frontier = [...next.values()];
  }
  return undefined;
}

/** Every way for up to three answers to have shared out so many votes, the leader seen first, in between and last. */
export function shortHistories(mostVotes: number): string[] {
  const histories = [""];
  for (let a = 0; a <= mostVotes; a += 1) {
    for (let b = 0; a + b <= mostVotes; b += 1) {
      for (let c = 0; a + b + c <= mostVotes; c += 1) if (a + b + c > 0) histories.push(votes(a, b, c));
    }
  }
  return histories;
}
