import { describe, expect, it } from "vitest";
import { ask, post, serve, texts } from "./__fixtures__/test-client.ts";
import { countTokens } from "./tokens.ts";

describe("a completion", () => {
  it("has the shape of OpenAI's and headers of its rate limits", async () => {
    const server = await serve();
    const response = await post(server);
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(response.headers.get("x-ratelimit-limit-requests")).toBe("10000");
    expect(response.headers.get("x-ratelimit-remaining-requests")).toBe("9999");
    expect(response.headers.get("x-ratelimit-reset-requests")).toBe("6ms");
    expect(body).toMatchObject({ object: "chat.completion", model: "fake-model", system_fingerprint: "fp_1" });
    expect(body.choices).toEqual([
      {
        index: 0,
        message: { role: "assistant", content: expect.any(String), refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: "stop",
      },
    ]);
  });

  it("counts the tokens of all choices and the prompt once", async () => {
    const server = await serve();
    const { choices, usage } = await ask(server, { n: 3 });
    const written = choices.reduce((sum, { message }) => sum + countTokens(message.content ?? ""), 0);
    expect(usage.completion_tokens).toBe(written);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + written);
    expect(usage.prompt_tokens).toBe((await ask(server)).usage.prompt_tokens);
    expect(usage).not.toHaveProperty("prompt_tokens_details");
    expect(new Set(choices.map(({ message }) => message.content)).size).toBe(3);
  });

  it("never exceeds the byte bound of a prompt", async () => {
    const server = await serve();
    for (const prompt of ["", "a", "😀é漢字 1234567", "\u0000 \n\n  x", "word ".repeat(500)]) {
      const { usage } = await ask(server, { prompt });
      expect(usage.prompt_tokens).toBeLessThanOrEqual(Buffer.byteLength(prompt) + 8 + 16);
    }
  });

  it.each(["max_tokens", "max_completion_tokens"])("stops at %s", async (parameter) => {
    const server = await serve();
    const { choices, usage } = await ask(server, { n: 2, [parameter]: 5 });
    expect(choices.map((choice) => choice.finish_reason)).toEqual(["length", "length"]);
    expect(usage.completion_tokens).toBe(10);
    expect(server.entries()[0]?.answers).toEqual([null, null]);
  });

  it("bills hidden reasoning within the token limit", async () => {
    const server = await serve({ reasoningTokens: { median: 30 } });
    expect((await ask(server)).usage.completion_tokens_details?.reasoning_tokens).toBe(30);
    const { choices, usage } = await ask(server, { max_completion_tokens: 20 });
    expect(usage).toMatchObject({ completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 20 } });
    expect(choices[0]).toMatchObject({ message: { content: "" }, finish_reason: "length" });
  });

  it("reports a prompt as cached once its first token was served", async () => {
    const server = await serve({ promptCache: { minimumTokens: 64, blockTokens: 16 } });
    const prompt = "one two three four five six seven eight ".repeat(10);
    const first = await ask(server, { prompt });
    const second = await ask(server, { prompt });
    expect(first.usage.prompt_tokens_details?.cached_tokens).toBe(0);
    const cached = second.usage.prompt_tokens_details?.cached_tokens ?? 0;
    expect(cached).toBe(second.usage.prompt_tokens - (second.usage.prompt_tokens % 16));
    expect(cached).toBeGreaterThan(0);
    expect(server.entries()[1]?.usd).toBeCloseTo(priceOf(second.usage, cached), 12);
  });

  it("lists its models", async () => {
    const server = await serve({ models: [{ id: "small" }, { id: "large" }] });
    const list = (await (await fetch(`${server.url}/models`)).json()) as { data: { id: string }[] };
    expect(list.data.map(({ id }) => id)).toEqual(["small", "large"]);
  });

  it("gives content parts their text", async () => {
    const server = await serve({ behaviour: { questions: [{ key: "marker-7", scripted: ["seven"] }] } });
    const messages = [{ role: "user", content: [{ type: "text", text: "see marker-7" }, { type: "image_url" }] }];
    expect((await texts(server, { messages }))[0]).toMatch(/\nANSWER: seven$/);
  });
});

function priceOf(usage: { prompt_tokens: number; completion_tokens: number }, cached: number): number {
  return ((usage.prompt_tokens - cached) * 0.15 + cached * 0.075 + usage.completion_tokens * 0.6) / 1e6;
}
