import type { FaultRule } from "./fault-rule.ts";
import type { Prompt } from "./prompts.ts";
import { seededRandom } from "./seeded-random.ts";

interface Occasion {
  readonly number: number;
  /** The number of this request among those for its prompt. */
  readonly attempt: number;
  readonly prompt: Prompt;
  readonly sends: (parameter: string) => boolean;
}

/** Picks the fault of a request, if any. */
export class Faults {
  readonly #rules: readonly FaultRule[];
  readonly #seed: number;
  readonly #struck: number[];

  constructor(rules: readonly FaultRule[], seed: number) {
    this.#rules = rules;
    this.#seed = seed;
    this.#struck = rules.map(() => 0);
  }

  pick(occasion: Occasion): FaultRule | undefined {
    const index = this.#rules.findIndex((rule, position) => this.#strikes(rule, position, occasion));
    if (index === -1) return undefined;
    this.#struck[index] = (this.#struck[index] ?? 0) + 1;
    return this.#rules[index];
  }

  reset(): void {
    this.#struck.fill(0);
  }

  #strikes(rule: FaultRule, position: number, { number, attempt, prompt, sends }: Occasion): boolean {
    if (rule.times !== undefined && (this.#struck[position] ?? 0) >= rule.times) return false;
    if (rule.requests !== undefined && !rule.requests.includes(number)) return false;
    if (rule.attempts !== undefined && !rule.attempts.includes(attempt)) return false;
    if (rule.key !== undefined && !prompt.text.includes(rule.key)) return false;
    if (rule.kind === "unsupported-parameter" && !sends(rule.param)) return false;
    if (rule.probability >= 1) return true;
    const draw = seededRandom(this.#seed, 0xfa17, position, prompt.high, prompt.low, attempt);
    return draw() < rule.probability;
  }
}
