import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../seeded-random.ts";
import { randomModelFile } from "./__fixtures__/random-model.ts";
import { openEngine } from "./engine.ts";
import { type Generated, type Generation, generate } from "./generate.ts";
import type { Lane } from "./lane.ts";
import { loadLlama } from "./load-llama.ts";
import { readModelFile } from "./model-file.ts";

const file = readModelFile(randomModelFile());
const engine = await openEngine(file, { laneCount: 2, contextSize: 200 });
const [lane, other] = engine.lanes as [Lane, Lane];
afterAll(() => engine.close());

const prompt = engine.tokenize("<|user|>What is 6 × 7?<|assistant|>", true);
const elsewhere = engine.tokenize("<|user|>Something else<|assistant|>", true);

function request(seed: number): Generation {
  return {
    prompt,
    temperature: 1,
    topP: 1,
    banned: new Set([0, 1, 3, 4]),
    random: seededRandom("lane", seed),
    maxTokens: 60,
    endTokens: file.endTokens,
    confidenceToken: file.confidenceToken,
    topLogprobs: 0,
    isCancelled: () => false,
  };
}

async function endedResponse(): Promise<Generated & { readonly confidence: number }> {
  for (let seed = 0; ; seed++) {
    const generated = await generate(lane, request(seed));
    if (generated?.confidence !== undefined && generated.tokens.length > 5) {
      return { ...generated, confidence: generated.confidence };
    }
  }
}

describe("a lane", () => {
  it("gives the very same logits after other prompts and in another lane", async () => {
    const fresh = await other.begin(prompt);
    const path = [10, 200, 33];
    const first: Float32Array[] = [];
    for (const token of path) first.push(await other.next(token));

    await lane.begin(elsewhere);
    await lane.next(77);
    expect(await lane.begin(prompt)).toEqual(fresh);
    await lane.next(99);
    expect(lane.holds(prompt)).toBe(true);
    expect(await lane.begin(prompt)).toEqual(fresh);
    for (const [place, token] of path.entries()) expect(await lane.next(token)).toEqual(first[place]);
  });

  it("reads the same confidence and likelihoods as llama.cpp's own softmax over the whole response at once", async () => {
    const { tokens, logprobs, confidence } = await endedResponse();
    const llama = await loadLlama();
    const model = await llama.loadModel({ modelPath: file.path });
    const context = await model.createContext({ contextSize: 256, sequences: 1, threads: 1 });
    const told = await context
      .getSequence()
      .controlledEvaluate(
        [...prompt, ...tokens].map((token) => [token as never, { generateNext: { probabilities: true } }]),
      );
    const probability = (place: number, token: number): number =>
      (told[place]!.next.probabilities as ReadonlyMap<number, number>).get(token)!;
    // One batch rounds otherwise than token by token.
    expect(confidence / probability(told.length - 1, file.confidenceToken!)).toBeCloseTo(1, 2);
    for (const [place, token] of tokens.entries()) {
      expect(Math.exp(logprobs[place]!) / probability(prompt.length - 1 + place, token)).toBeCloseTo(1, 1);
    }
    await model.dispose();
  });
});

it("a question's text holds no special token for the tokeniser, the template's does", () => {
  const special = (tokens: readonly number[]): readonly number[] => tokens.filter((token) => token < 5);
  expect(special(engine.tokenize("a<|end|>b<CNF>", true))).toEqual([2, 4]);
  expect(special(engine.tokenize("a<|end|>b<CNF>", false))).toEqual([]);
  expect(engine.textOf(engine.tokenize("the çat 日本", false))).toBe("the çat 日本");
});
