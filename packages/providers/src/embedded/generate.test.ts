import { describe, expect, it } from "vitest";
import { type Generation, generate, type LogitSource } from "./generate.ts";
import { logSoftmax } from "./log-softmax.ts";

const [word, end, confidence] = [0, 1, 2] as const;
const goOn = [5, 0, 1];
const stop = [0, 5, 3];

/** Says the same at each position whatever was drawn, and keeps what it was fed. */
function scripted(script: readonly (readonly number[])[]): LogitSource & { readonly fed: number[] } {
  const fed: number[] = [];
  let position = 0;
  const logits = (): Promise<Float32Array> => Promise.resolve(Float32Array.from(script[position++] ?? goOn));
  return {
    fed,
    begin: logits,
    next(token) {
      fed.push(token);
      return logits();
    },
  };
}

const request: Generation = {
  prompt: [0],
  temperature: 0,
  topP: 1,
  banned: new Set([confidence]),
  random: () => 0.5,
  maxTokens: 10,
  endTokens: new Set([end]),
  confidenceToken: confidence,
  topLogprobs: 0,
  isCancelled: () => false,
};

const probability = (logits: readonly number[], token: number): number =>
  Math.exp(logits[token]!) / logits.reduce((sum, logit) => sum + Math.exp(logit), 0);

describe("generate", () => {
  it("reads the confidence where the response ended, over the whole vocabulary and untempered", async () => {
    const generated = await generate(scripted([goOn, goOn, stop]), { ...request, temperature: 1e-3 });
    expect(generated).toMatchObject({ tokens: [word, word], drawn: 3, finishReason: "stop" });
    expect(generated?.confidence).toBeCloseTo(probability(stop, confidence), 12);
    expect(generated?.logprobs[0]).toBeCloseTo(Math.log(probability(goOn, word)), 12);
  });

  it("has no confidence in what was cut off", async () => {
    const source = scripted([goOn, goOn, stop]);
    const generated = await generate(source, { ...request, maxTokens: 2 });
    expect(generated).toMatchObject({ tokens: [word, word], drawn: 2, finishReason: "length", confidence: undefined });
    // The last token is not evaluated: nobody reads what would come after it.
    expect(source.fed).toEqual([word]);
  });

  it("may end at once, and a model without a confidence token has none", async () => {
    const generated = await generate(scripted([stop]), { ...request, confidenceToken: undefined });
    expect(generated).toEqual({
      tokens: [],
      logprobs: [],
      likeliest: [],
      drawn: 1,
      finishReason: "stop",
      confidence: undefined,
    });
  });

  it("stops between tokens when it is cancelled", async () => {
    let asked = 0;
    const source = scripted([]);
    expect(await generate(source, { ...request, isCancelled: () => ++asked > 3 })).toBeUndefined();
    expect(source.fed).toHaveLength(3);
  });

  it("refuses logits that are no numbers", async () => {
    await expect(generate(scripted([[Number.NaN, 1, 2]]), request)).rejects.toThrow(/weights are damaged/);
  });
});

describe("logSoftmax", () => {
  it("is exact far from 0 too, and never above 0", () => {
    const logprob = logSoftmax(Float32Array.of(1000, 1000, 0));
    expect(logprob(0)).toBeCloseTo(Math.log(0.5), 12);
    expect(logprob(2)).toBeCloseTo(-1000 - Math.log(2), 9);
    expect(logSoftmax(Float32Array.of(7, Number.NEGATIVE_INFINITY))(0)).toBe(0);
  });

  it("tells the likeliest tokens at each place, banned ones too, where they are wanted", async () => {
    const generated = await generate(scripted([goOn, [1, 1, 5], stop]), { ...request, topLogprobs: 2 });
    const likely = (logits: readonly number[], ...tokens: number[]) =>
      tokens.map((token) => ({ token, logprob: expect.closeTo(Math.log(probability(logits, token)), 6) }));
    expect(generated?.likeliest).toEqual([likely(goOn, word, confidence), likely([1, 1, 5], confidence, word)]);
  });
});
