import type { RuleContext, StoppingRule } from "./rule.ts";

interface Chosen {
  readonly rule: StoppingRule<unknown>;
  readonly state: unknown;
}

/** A rule that is another one for each question, by what is known of it before the first sample. */
export function byContext(choose: (context: RuleContext) => StoppingRule<unknown>): StoppingRule<Chosen> {
  return {
    init(context) {
      const rule = choose(context);
      return { rule, state: rule.init(context) };
    },
    observe(chosen, sample, tally) {
      const state = chosen.rule.observe(chosen.state, sample, tally);
      return state === chosen.state ? chosen : { rule: chosen.rule, state };
    },
    verdict: ({ rule, state }, tally, left) => rule.verdict(state, tally, left),
  };
}
