import type { Answer } from "../../answer.ts";
import { Tally } from "../../tally/tally.ts";
import { buildRule } from "../registry.ts";
import type { CountedSample, RuleContext, RuleSpec, StoppingRule, Verdict } from "../rule.ts";
import { ruleSpecSchema } from "../spec.ts";

export const counted: RuleContext = {
  maxSamples: 40,
  weightRange: { min: 1, max: 1 },
  weightsShift: false,
  calibrated: false,
};

export const ruleOf = (spec: RuleSpec): StoppingRule<unknown> => buildRule(ruleSpecSchema.parse(spec));

/** A question under a rule, one sample after the other. "-" abstains. */
export class Watched {
  tally = Tally.empty();
  readonly #rule: StoppingRule<unknown>;
  readonly #maxSamples: number;
  #state: unknown;

  constructor(rule: StoppingRule<unknown>, context: Partial<RuleContext> = {}) {
    this.#rule = rule;
    this.#maxSamples = context.maxSamples ?? counted.maxSamples;
    this.#state = rule.init({ ...counted, ...context });
  }

  draw(answer: Answer): this {
    const sample: CountedSample = answer === "-" ? { kind: "abstention" } : { kind: "vote", answer, weight: 1 };
    this.tally = sample.kind === "vote" ? this.tally.add(answer, 1) : this.tally.abstain();
    this.#state = this.#rule.observe(this.#state, sample, this.tally);
    return this;
  }

  get verdict(): Verdict {
    return this.#rule.verdict(this.#state, this.tally, this.#maxSamples - this.tally.sampleCount);
  }
}

/** @param text letters vote, "-" abstains */
export function verdictAfter(spec: RuleSpec, text: string, context: Partial<RuleContext> = {}): Verdict {
  const watched = new Watched(ruleOf(spec), context);
  for (const letter of text) watched.draw(letter);
  return watched.verdict;
}

export const votes = (a: number, b: number, c = 0, abstentions = 0): string =>
  "A".repeat(a) + "B".repeat(b) + "C".repeat(c) + "-".repeat(abstentions);

export const goOn = (need: number): Verdict => ({ stop: false, need });

/** Numbers in [0, 1) that are the same on every machine: mulberry32. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Index drawn with these probabilities, which sum to 1. */
export function drawFrom(probabilities: readonly number[], uniform: number): number {
  let left = uniform;
  for (let i = 0; i < probabilities.length - 1; i += 1) {
    left -= probabilities[i]!;
    if (left < 0) return i;
  }
  return probabilities.length - 1;
}

/** Fewest further samples after which the rule stops, over every continuation; infinite where none does. */
export function shortestWay(
  spec: RuleSpec,
  maxSamples: number,
  answers: number,
): Map<string, { need: number; true: number }> {
  const rule = ruleOf(spec);
  const known = new Map<string, { need: number; true: number }>();
  const visit = (counts: readonly number[], abstentions: number): number => {
    const key = `${counts.join()}|${abstentions}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen.true;
    let tally = Tally.of(abstentions);
    counts.forEach((_, id) => {
      tally = tally.add(`${id}`, 1);
    });
    counts.forEach((count, id) => {
      for (let i = 1; i < count; i += 1) tally = tally.add(`${id}`, 1);
    });
    const left = maxSamples - tally.sampleCount;
    const verdict = rule.verdict(rule.init({ ...counted, maxSamples }), tally, left);
    let shortest = verdict.stop ? 0 : Number.POSITIVE_INFINITY;
    if (left > 0) {
      const next = counts.map((count, id) => visit(counts.with(id, count + 1), abstentions));
      if (counts.length < answers) next.push(visit([...counts, 1], abstentions));
      next.push(visit(counts, abstentions + 1));
      shortest = Math.min(shortest, 1 + Math.min(...next));
    }
    known.set(key, { need: verdict.stop ? 0 : verdict.need, true: shortest });
    return shortest;
  };
  visit([], 0);
  return known;
}
