import type { Policy } from "@quorate/core";
import { Contender } from "../replay/contender.ts";
import { fittedPolicy } from "../replay/fitted-policies.ts";
import type { PreparedQuestion } from "../replay/prepared-question.ts";
import type { Swept } from "./curves.ts";
import { sweptParameter, variantAt } from "./variants.ts";

/** A policy at every value of its swept parameter. The policy itself takes part in the evaluation anyway. */
export class PolicySweep {
  readonly #own: Contender;
  readonly #variants: readonly { readonly value: number; readonly contender: Contender }[];
  readonly #parameter: Swept["parameter"];

  private constructor(own: Contender, parameter: Swept["parameter"], mostNodes: number) {
    const { policy } = own.fitted.compiled;
    this.#own = own;
    this.#parameter = parameter;
    this.#variants = parameter.values.map((value) => ({
      value,
      contender:
        value === parameter.own ? own : new Contender(fittedPolicy(variantAt(policy, parameter, value)), mostNodes),
    }));
  }

  /** Undefined for a policy that has nothing to sweep. */
  static of(own: Contender, mostNodes: number): PolicySweep | undefined {
    const parameter = sweptParameter(own.fitted.compiled.policy);
    return parameter && new PolicySweep(own, parameter, mostNodes);
  }

  /** How many policies a sweep of this one replays besides itself. */
  static sizeOf(policy: Policy): number {
    const parameter = sweptParameter(policy);
    return parameter === undefined ? 0 : parameter.values.length - 1;
  }

  add(question: PreparedQuestion, fullVote: readonly (string | null)[], group: number): void {
    for (const { contender } of this.#variants) {
      if (contender !== this.#own) contender.add(question, contender.endings(question), fullVote, group);
    }
  }

  get swept(): Swept {
    return {
      policy: this.#own.fitted.compiled.policy.name,
      parameter: this.#parameter,
      variants: this.#variants.map(({ value, contender }) => ({ value, totals: contender.totals })),
    };
  }
}
