import { describe, expect, it } from "vitest";
import type { Provider, SampleOutcome, ScoreRequest } from "../contract.ts";
import { collectOutcomes, testContext, testRequest } from "../testing.ts";
import { randomModelFile } from "./__fixtures__/random-model.ts";
import { embeddedProvider } from "./embedded-provider.ts";

const modelPath = randomModelFile();

async function using<Result>(body: (provider: Provider) => Promise<Result>): Promise<Result> {
  const provider = await embeddedProvider({ modelPath, parallel: 2 });
  try {
    return await body(provider);
  } finally {
    await provider.close();
  }
}

const asking = (text: string, parts: Partial<ScoreRequest> = {}): ScoreRequest => ({
  question: { id: text, text, kind: "number" },
  messages: [{ role: "user", content: text }],
  prefix: "",
  candidates: ["<CNF>"],
  ...parts,
});

async function probabilities(provider: Provider, request: ScoreRequest): Promise<readonly number[]> {
  const outcome = await provider.score!(request, testContext());
  if (outcome.kind !== "scores") throw new Error(JSON.stringify(outcome));
  return outcome.logprobs.map((one) => Math.exp(one as number));
}

describe("scores of the embedded model", () => {
  it("are the probabilities that sampling itself has", async () => {
    await using(async (provider) => {
      const request = testRequest({ maxTokens: 1, keepTokens: true, seed: 5 });
      const indexes = Array.from({ length: 60 }, (_, index) => index);
      let compared = 0;
      for (const { outcome } of await collectOutcomes(provider, request, indexes, testContext())) {
        const [token] = (outcome as Extract<SampleOutcome, { kind: "response" }>).tokens ?? [];
        // Bytes that are no text by themselves cannot be named as one.
        if (token === undefined || !/^[!-~]$/.test(token.token)) continue;
        const { question, messages } = request;
        const [score] = await probabilities(provider, { question, messages, prefix: "", candidates: [token.token] });
        expect(score).toBeCloseTo(Math.exp(token.logprob as number), 6);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(0);
    });
  });

  it("of the confidence token are the signal of a response that ends there", async () => {
    await using(async (provider) => {
      const outcomes = await collectOutcomes(
        provider,
        testRequest({ seed: 5 }),
        Array.from({ length: 40 }, (_, index) => index),
        testContext(),
      );
      const empty = outcomes
        .map(({ outcome }) => outcome as Extract<SampleOutcome, { kind: "response" }>)
        .find(({ text, finishReason }) => text === "" && finishReason === "stop");
      const { question, messages } = testRequest();
      const [score] = await probabilities(provider, { question, messages, prefix: "", candidates: ["<CNF>"] });
      expect(score).toBeCloseTo(empty!.signals["special-token"] as number, 9);
      const [fed] = await probabilities(provider, { question, messages, prefix: "<CNF>", candidates: ["<CNF>"] });
      expect(fed).not.toBeCloseTo(score!, 9);
    });
  });

  it("multiply along a text and go on with the assistant's own words, which name no special tokens", async () => {
    await using(async (provider) => {
      const said = (content: string) =>
        [
          { role: "user", content: "Why?" },
          { role: "assistant", content },
        ] as const;
      const [a] = await probabilities(provider, asking("Why?", { candidates: ["a"] }));
      const [b] = await probabilities(provider, asking("Why?", { messages: said("a"), candidates: ["b"] }));
      const [both] = await probabilities(provider, asking("Why?", { candidates: ["ab"] }));
      expect(both).toBeCloseTo(a! * b!, 9);
      const [spelled] = await probabilities(provider, asking("Why?", { messages: said("<CNF>"), candidates: ["b"] }));
      const [special] = await probabilities(provider, asking("Why?", { prefix: "<CNF>", candidates: ["b"] }));
      expect(Math.abs(spelled! - special!)).toBeGreaterThan(1e-9);
    });
  });

  it("fail in words, cost nothing, and are not begun after an abort", async () => {
    await using(async (provider) => {
      const request = asking("Why?");
      expect(provider.scoreWorstCaseUsd!(request)).toBe(0);
      const turns = [
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
        { role: "user", content: "c" },
      ] as const;
      expect(await provider.score!({ ...request, messages: turns }, testContext())).toMatchObject({
        kind: "failed",
        detail: expect.stringMatching(/one message/),
      });
      const long = asking("x".repeat(5000));
      expect(await provider.score!(long, testContext())).toMatchObject({
        kind: "failed",
        detail: expect.stringMatching(/context/),
      });
      const context = testContext();
      context.abort(new Error("stop"));
      expect(await provider.score!(request, context)).toEqual({ kind: "cancelled" });
    });
  });
});
