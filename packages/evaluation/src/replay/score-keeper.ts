import { byCountDescending } from "../text/counts.ts";
import type { Ending } from "./ending.ts";
import { KnownSum, PromptSum, TimeSum } from "./known-means.ts";
import type { PolicyScore } from "./policy-score.ts";
import type { PreparedQuestion } from "./prepared-question.ts";
import { outputTokensOf, requestsOf, secondsOf } from "./replay-costs.ts";
import { SampleCounts } from "./sample-counts.ts";

type Kept = Pick<
  PolicyScore,
  | "medianSamples"
  | "p95Samples"
  | "meanRequests"
  | "meanAbstentions"
  | "stopReasons"
  | "samplesHistogram"
  | "outputTokens"
  | "inputTokens"
  | "outputUsd"
  | "totalUsd"
  | "seconds"
>;

/** Sums up what one policy's replays took and why they ended. */
export class ScoreKeeper {
  readonly #samplesPerRequest: number;
  readonly #samples = new SampleCounts();
  readonly #reasons = new Map<string, number>();
  readonly #outputTokens = new KnownSum();
  readonly #inputTokens = new PromptSum();
  readonly #outputUsd = new KnownSum();
  readonly #totalUsd = new PromptSum();
  readonly #seconds = new TimeSum();
  #replays = 0;
  #requests = 0;
  #abstentions = 0;

  constructor(samplesPerRequest: number) {
    this.#samplesPerRequest = samplesPerRequest;
  }

  add(endings: readonly Ending[], question: PreparedQuestion): void {
    for (const ending of endings) {
      this.#replays += 1;
      this.#samples.add(ending.samples);
      this.#requests += requestsOf(ending, this.#samplesPerRequest);
      this.#abstentions += ending.abstentions;
      this.#reasons.set(ending.reason, (this.#reasons.get(ending.reason) ?? 0) + 1);
    }
    this.#addCosts(endings, question);
  }

  #addCosts(endings: readonly Ending[], { orders, costs }: PreparedQuestion): void {
    const { outputTokens, promptTokens, seconds, outputTokenUsd, promptUsd } = costs;
    if (seconds !== undefined) {
      this.#seconds.addQuestion(endings.map((ending, place) => secondsOf(ending, orders[place]!, seconds)));
    }
    const prompts = endings.map((ending) => ({
      shared: requestsOf(ending, this.#samplesPerRequest),
      apart: ending.samples,
    }));
    const times = (factor: number) =>
      prompts.map(({ shared, apart }) => ({ shared: shared * factor, apart: apart * factor }));
    if (promptTokens !== undefined) this.#inputTokens.addQuestion(times(promptTokens));
    if (outputTokens === undefined) return;
    const generated = endings.map((ending, place) => outputTokensOf(ending, orders[place]!, outputTokens));
    this.#outputTokens.addQuestion(generated);
    if (outputTokenUsd === undefined) return;
    this.#outputUsd.addQuestion(generated.map((tokens) => tokens * outputTokenUsd));
    if (promptUsd === undefined) return;
    this.#totalUsd.addQuestion(
      times(promptUsd).map(({ shared, apart }, place) => {
        const outputUsd = generated[place]! * outputTokenUsd;
        return { shared: shared + outputUsd, apart: apart + outputUsd };
      }),
    );
  }

  /** At least one ending must have been added. */
  score(): Kept {
    const mean = (sum: number) => sum / this.#replays;
    return {
      medianSamples: this.#samples.quantile(0.5),
      p95Samples: this.#samples.quantile(0.95),
      meanRequests: mean(this.#requests),
      meanAbstentions: mean(this.#abstentions),
      stopReasons: byCountDescending(this.#reasons),
      samplesHistogram: this.#samples.histogram,
      ...known("outputTokens", this.#outputTokens.known),
      ...known("inputTokens", this.#inputTokens.known),
      ...known("outputUsd", this.#outputUsd.known),
      ...known("totalUsd", this.#totalUsd.known),
      ...known("seconds", this.#seconds.known),
    };
  }
}

/** The one key, or none. */
function known<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
