import { describe, expect, it } from "vitest";
import { ask, chunks, post, serve } from "./__fixtures__/test-client.ts";

const answers = [
  { answer: "A", probability: 0.6 },
  { answer: "B", probability: 0.3 },
];

describe("logprobs", () => {
  it("spell the text, token by token", async () => {
    const server = await serve();
    const { choices, usage } = await ask(server, { n: 2, logprobs: true, top_logprobs: 5 });
    const tokens = choices.map(({ logprobs }) => logprobs?.content ?? []);
    expect(tokens.flat()).toHaveLength(usage.completion_tokens);
    choices.forEach(({ message }, index) => {
      expect(tokens[index]?.map(({ token }) => token).join("")).toBe(message.content);
      expect(Buffer.from(tokens[index]?.flatMap(({ bytes }) => bytes) ?? []).toString()).toBe(message.content);
    });
  });

  it("are probabilities, with the alternatives in order", async () => {
    const server = await serve();
    const { choices } = await ask(server, { logprobs: true, top_logprobs: 20 });
    for (const { logprob, top_logprobs: top } of choices[0]?.logprobs?.content ?? []) {
      expect(logprob).toBeLessThanOrEqual(0);
      expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeLessThanOrEqual(1.001);
      expect(top.map((one) => one.logprob)).toEqual(top.map((one) => one.logprob).toSorted((a, b) => b - a));
      expect(new Set(top.map(({ token }) => token)).size).toBe(top.length);
    }
  });

  it("show the rival answers at the answer", async () => {
    const server = await serve({ behaviour: { default: { answers } } });
    const { choices } = await ask(server, { logprobs: true, top_logprobs: 2, temperature: 0 });
    const last = choices[0]?.logprobs?.content.at(-1);
    expect(last?.top_logprobs.map(({ token }) => token)).toEqual([" A", " B"]);
    expect(Math.exp(last?.logprob ?? 0)).toBeCloseTo(0.6, 3);
  });

  it("come without alternatives when none are asked for", async () => {
    const server = await serve();
    const { choices } = await ask(server, { logprobs: true });
    expect(choices[0]?.logprobs?.content[0]?.top_logprobs).toEqual([]);
  });

  it("are the same in a stream", async () => {
    const server = await serve({ stream: { chunkTokens: 3 } });
    const whole = await ask(server, { seed: 4, logprobs: true, top_logprobs: 2 });
    const events = await chunks(await post(server, { seed: 4, logprobs: true, top_logprobs: 2, stream: true }));
    const streamed = events.flatMap(({ choices }) => choices[0]?.logprobs?.content ?? []);
    expect(streamed).toEqual(whole.choices[0]?.logprobs?.content);
  });

  it("come with as many alternatives as the server gives, and no more may be asked for", async () => {
    const server = await serve({ maxTopLogprobs: 5 });
    const { choices } = await ask(server, { logprobs: true, top_logprobs: 5 });
    expect(choices[0]?.logprobs?.content[0]?.top_logprobs).toHaveLength(5);
    const refused = await post(server, { logprobs: true, top_logprobs: 6 });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { param: "top_logprobs", code: "integer_above_max_value" } });
    const twenty = await ask(await serve(), { logprobs: true, top_logprobs: 20 });
    expect(twenty.choices[0]?.logprobs?.content[0]?.top_logprobs).toHaveLength(20);
  });

  it("can be left out", async () => {
    const server = await serve({ faults: [{ kind: "missing-logprobs" }] });
    expect((await ask(server, { logprobs: true, top_logprobs: 5 })).choices[0]?.logprobs).toBeNull();
  });

  it("can be censored, wholly or in part", async () => {
    const server = await serve({
      faults: [
        { kind: "censored-logprobs", attempts: [1] },
        { kind: "censored-logprobs", share: 0.5 },
      ],
    });
    const censored = async () => {
      const content = (await ask(server, { logprobs: true })).choices[0]?.logprobs?.content ?? [];
      return content.filter(({ logprob }) => logprob === -9999).length / content.length;
    };
    expect(await censored()).toBe(1);
    expect(await censored()).toBeCloseTo(0.5, 1);
  });
});
