import type { Question, TokenLogprob } from "@quorate/core";
import type { Answered, Asking, Elicited, FollowedSample, Reply, Scores, Scoring } from "../follow-up.ts";
import { followUpFor } from "../registry.ts";

export const choice: Question = {
  id: "capital",
  kind: "choice",
  text: "What is the capital of France?",
  options: ["Rome", "Paris", "Bern", "Oslo", "Graz"],
};

export interface Scene {
  readonly question?: Question;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly reply?: (prompt: string, asking: Asking) => Partial<Reply> | string;
  readonly scores?: (scoring: Scoring) => Scores;
  readonly mostResponseBytes?: number;
}

export interface Asked {
  readonly elicited: readonly Elicited[];
  readonly askings: readonly Asking[];
  readonly scorings: readonly Scoring[];
  /** The text of the last message of each request. */
  readonly prompts: readonly string[];
}

/** Follows up on samples that are a wave of their own, as an engine would: equal requests are sent once. */
export async function followUp(
  elicitor: string,
  samples: readonly Partial<FollowedSample>[],
  scene: Scene,
): Promise<Asked> {
  const { question = choice, options, mostResponseBytes = 4000 } = scene;
  const followed = samples.map((sample, index) => ({
    index,
    answer: "B",
    text: "I think it is Paris. ANSWER: B",
    ...sample,
  }));
  const askings: Asking[] = [];
  const scorings: Scoring[] = [];
  const known = new Map<string, Answered<Reply>>();
  const how = followUpFor({ elicitor, calibrator: { form: "identity" }, ...(options !== undefined && { options }) })!;
  const context = {
    question,
    messages: [{ role: "user", content: "What is the capital of France? (as sent)" }] as const,
    mostResponseBytes,
    samples: followed,
    wave: followed,
    ask(asking: Asking): Promise<Answered<Reply>> {
      const key = JSON.stringify(asking);
      const before = known.get(key);
      if (before !== undefined) return Promise.resolve(before);
      askings.push(asking);
      const said = scene.reply?.(asking.messages.at(-1)!.content, asking) ?? "";
      const reply = typeof said === "string" ? { text: said } : said;
      const answered = { kind: "answered", result: { text: "", finishReason: "stop", ...reply } } as const;
      known.set(key, answered);
      return Promise.resolve(answered);
    },
    score(scoring: Scoring): Promise<Answered<Scores>> {
      scorings.push(scoring);
      return Promise.resolve({ kind: "answered", result: scene.scores?.(scoring) ?? [] });
    },
  };
  const elicited: Elicited[] = [];
  for (const sample of followed) elicited.push(await how.follow(sample, context));
  return { elicited, askings, scorings, prompts: askings.map(({ messages }) => messages.at(-1)!.content) };
}

/** What a server shows at one place, from probabilities. */
export function shown(probabilities: Readonly<Record<string, number>>): TokenLogprob {
  const top = Object.entries(probabilities).map(([token, probability]) => ({ token, logprob: Math.log(probability) }));
  return { token: top[0]?.token ?? "", logprob: top[0]?.logprob ?? "censored", top };
}
