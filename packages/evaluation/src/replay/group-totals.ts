import { sumOf } from "../statistics/normal-interval.ts";
import type { RatioGroups } from "../statistics/ratio-groups.ts";
import type { QuestionTally } from "./question-tally.ts";

type Quantity = keyof QuestionTally;

const quantities: readonly Quantity[] = [
  "replays",
  "graded",
  "right",
  "agreeing",
  "samples",
  "rounds",
  "early",
  "wrongMode",
];

/** Sums of one policy by group of questions. Groups have the same numbers for all policies, so that policies can be paired. */
export class GroupTotals {
  readonly #sums = Object.fromEntries(quantities.map((quantity) => [quantity, []])) as unknown as Record<
    Quantity,
    number[]
  >;

  add(group: number, tally: QuestionTally): void {
    for (const quantity of quantities) {
      const sums = this.#sums[quantity];
      sums[group] = (sums[group] ?? 0) + tally[quantity];
    }
  }

  total(quantity: Quantity): number {
    return sumOf(this.#sums[quantity]);
  }

  /** Over all replays; at least one must have been added. */
  mean(quantity: Quantity): number {
    return this.total(quantity) / this.total("replays");
  }

  /** Undefined without gold. */
  get accuracy(): number | undefined {
    const graded = this.total("graded");
    return graded === 0 ? undefined : this.total("right") / graded;
  }

  per(quantity: "agreeing" | "samples"): RatioGroups {
    return { numerators: this.#sums[quantity], denominators: this.#sums.replays };
  }

  /** Of the groups that have gold. */
  rightPerGraded(): RatioGroups {
    return this.#graded("right");
  }

  #graded(quantity: Quantity): RatioGroups {
    const { graded } = this.#sums;
    const places = [...graded.keys()].filter((place) => graded[place]! > 0);
    return {
      numerators: places.map((place) => this.#sums[quantity][place]!),
      denominators: places.map((place) => graded[place]!),
    };
  }
}
