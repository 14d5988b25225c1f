import { describe, expect, it } from "vitest";
import { ask, chunks, post, serve, texts, until } from "./__fixtures__/test-client.ts";

describe("error statuses", () => {
  it.each([
    ["rate-limit-requests", 429, "requests", "rate_limit_exceeded", null],
    ["rate-limit-tokens", 429, "tokens", "rate_limit_exceeded", null],
    ["insufficient-quota", 429, "insufficient_quota", "insufficient_quota", null],
    ["slow-down", 429, "rate_limit_error", "slow_down", null],
    ["server-error", 500, "server_error", null, null],
    ["overloaded", 503, "service_unavailable_error", "server_is_overloaded", null],
  ] as const)("%s", async (kind, status, type, code, param) => {
    const server = await serve({ faults: [{ kind, requests: [1] }] });
    const response = await post(server);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: { message: expect.any(String), type, param, code } });
    expect(server.entries()).toMatchObject([{ billed: false, usd: 0, status, fault: kind, answers: [] }]);
    expect((await post(server)).status).toBe(200);
  });

  it("carry the headers they are told to", async () => {
    const kind = "rate-limit-requests";
    const server = await serve({
      faults: [
        { kind, requests: [1], retryAfterSeconds: 90 },
        { kind, requests: [2], retryAfterMs: 30, shouldRetry: false },
        { kind },
      ],
    });
    const headers = [(await post(server)).headers, (await post(server)).headers, (await post(server)).headers];
    expect(headers.map((one) => one.get("retry-after"))).toEqual(["90", null, null]);
    expect(headers.map((one) => one.get("retry-after-ms"))).toEqual([null, "30", null]);
    expect(headers.map((one) => one.get("x-should-retry"))).toEqual([null, "false", null]);
  });

  it("reject a parameter as long as it is sent", async () => {
    const server = await serve({ faults: [{ kind: "unsupported-parameter", param: "logprobs" }] });
    const refused = await ask(server, { logprobs: true });
    expect(refused.error).toMatchObject({
      type: "invalid_request_error",
      param: "logprobs",
      code: "unsupported_parameter",
    });
    expect((await ask(server)).choices).toHaveLength(1);
  });

  it("can come from a proxy that speaks no JSON", async () => {
    const response = await post(await serve({ faults: [{ kind: "bad-gateway" }] }));
    expect(response.status).toBe(502);
    expect(await response.text()).toContain("<html>");
  });

  it("cannot be billed", async () => {
    await expect(serve({ faults: [{ kind: "server-error", billed: true }] })).rejects.toThrow(/never billed/);
  });
});

describe("connections", () => {
  it.each([
    [undefined, false, 0],
    [true, true, 1],
  ])("hang until the client leaves (billed: %s)", async (billed, expected, samples) => {
    const server = await serve({ faults: [{ kind: "hang", ...(billed === undefined ? {} : { billed }) }] });
    await expect(post(server, {}, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
    await until(() => server.journal().requests === 1);
    expect(server.entries()).toMatchObject([{ billed: expected, aborted: true, fault: "hang" }]);
    expect(server.journal().billedSamples).toBe(samples);
  });

  it.each([
    [undefined, false],
    [true, true],
  ])("are reset before headers (billed: %s)", async (billed, expected) => {
    const server = await serve({
      faults: [{ kind: "reset-before-headers", ...(billed === undefined ? {} : { billed }) }],
    });
    await expect(post(server)).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
    });
    expect(server.entries()).toMatchObject([{ billed: expected }]);
    expect(server.entries()[0]).toHaveProperty("status", undefined);
  });

  it("are reset after half a body, which is billed whole", async () => {
    const server = await serve({ faults: [{ kind: "reset-mid-body" }] });
    const response = await post(server);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(server.entries()).toMatchObject([{ billed: true, status: 200, answers: [expect.anything()] }]);
  });

  it("are reset in a stream, which is billed for what was sent", async () => {
    const server = await serve({ faults: [{ kind: "reset-mid-body", afterTokens: 7 }] });
    const response = await post(server, { stream: true, n: 2 });
    await expect(response.text()).rejects.toThrow();
    expect(server.entries()[0]?.usage?.outputTokens).toBe(14);
  });

  it.each([true, false])("stall in the middle (stream: %s)", async (stream) => {
    const server = await serve({ faults: [{ kind: "stall", afterTokens: 3 }] });
    const controller = new AbortController();
    const response = await post(server, { stream }, { signal: controller.signal });
    await response.body?.getReader().read();
    expect(server.journal()).toMatchObject({ requests: 0, open: 1 });
    controller.abort();
    await until(() => server.journal().requests === 1);
    expect(server.entries()).toMatchObject([{ billed: true, aborted: true, status: 200 }]);
    if (stream) expect(server.entries()[0]?.usage?.outputTokens).toBe(3);
  });

  it("are slow", async () => {
    const server = await serve({ faults: [{ kind: "slow", delayMs: 8 }] });
    const started = performance.now();
    await ask(server);
    expect(performance.now() - started).toBeGreaterThan(6);
  });
});

describe("content", () => {
  const spoilt = async (
    kind: "malformed-json" | "missing-role" | "missing-usage" | "empty-choices" | "empty-content",
  ) => {
    const server = await serve({ faults: [{ kind }] });
    return {
      server,
      whole: await (await post(server)).text(),
      streamed: await post(server, { stream: true, stream_options: { include_usage: true } }),
    };
  };

  it("is malformed JSON with status 200, and billed", async () => {
    const { server, whole, streamed } = await spoilt("malformed-json");
    expect(() => JSON.parse(whole)).toThrow();
    await expect(chunks(streamed)).rejects.toThrow(SyntaxError);
    expect(server.entries()).toMatchObject([{ billed: true, status: 200 }, { billed: true }]);
  });

  it("lacks a role", async () => {
    const { whole, streamed } = await spoilt("missing-role");
    expect(JSON.parse(whole).choices[0].message).not.toHaveProperty("role");
    expect((await chunks(streamed)).some(({ choices }) => choices[0]?.delta.role !== undefined)).toBe(false);
  });

  it("lacks usage, and is billed", async () => {
    const { server, whole, streamed } = await spoilt("missing-usage");
    expect(JSON.parse(whole)).not.toHaveProperty("usage");
    expect((await chunks(streamed)).some((event) => "usage" in event)).toBe(false);
    expect(server.journal().outputTokens).toBeGreaterThan(0);
  });

  it("has no choices, and is billed for them", async () => {
    const { server, whole, streamed } = await spoilt("empty-choices");
    expect(JSON.parse(whole)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
    expect((await chunks(streamed)).every(({ choices }) => choices.length === 0)).toBe(true);
    expect(server.journal()).toMatchObject({ billedRequests: 2, billedSamples: 2 });
  });

  it("is empty", async () => {
    const { whole, streamed } = await spoilt("empty-content");
    expect(JSON.parse(whole).choices[0]).toMatchObject({ message: { content: "" }, finish_reason: "stop" });
    expect((await chunks(streamed)).every(({ choices }) => (choices[0]?.delta.content ?? "") === "")).toBe(true);
  });

  it("has fewer choices than asked for, and is billed for those", async () => {
    const server = await serve({ faults: [{ kind: "fewer-choices", choices: 2 }] });
    expect((await ask(server, { n: 5 })).choices).toHaveLength(2);
    expect(server.journal().billedSamples).toBe(2);
  });

  it("is a refusal", async () => {
    const server = await serve({ faults: [{ kind: "refusal", finishReason: "content_filter" }] });
    const { choices } = await ask(server);
    expect(choices[0]).toMatchObject({
      message: { content: null, refusal: expect.any(String) },
      finish_reason: "content_filter",
    });
    const events = await chunks(await post(server, { stream: true }));
    expect(events.map((event) => event.choices[0]?.delta.refusal ?? "").join("")).toBe(choices[0]?.message.refusal);
    expect(server.entries()[0]?.answers).toEqual([null]);
  });

  it("is hostile, and billed within the token limit", async () => {
    const server = await serve({
      behaviour: { default: { scripted: ["42"] } },
      faults: (["terminal", "html", "huge"] as const).map((hostile) => ({
        kind: "hostile-content" as const,
        hostile,
        key: hostile,
      })),
    });
    const [terminal, html, huge] = [
      await texts(server, { prompt: "terminal" }),
      await texts(server, { prompt: "html" }),
      await texts(server, { prompt: "huge", max_tokens: 100 }),
    ].map(([content]) => content ?? "");
    expect(terminal).toContain("\u001b[2J");
    expect(html).toContain("<script>");
    expect(huge?.length).toBeGreaterThan(1024 * 1024);
    expect([terminal, html, huge].every((content) => content?.endsWith("\nANSWER: 42"))).toBe(true);
    expect(server.entries()[2]?.usage?.outputTokens).toBe(100);
    const events = await chunks(await post(server, { prompt: "huge", max_tokens: 100, stream: true }));
    expect(events.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(huge);
  });

  it("need not be billed", async () => {
    const server = await serve({ faults: [{ kind: "malformed-json", billed: false }] });
    await (await post(server)).text();
    expect(server.entries()).toMatchObject([{ billed: false, usd: 0, usage: expect.anything() }]);
    expect(server.journal()).toMatchObject({ usd: 0, outputTokens: 0, billedSamples: 0 });
  });
});

describe("a fault rule", () => {
  const statuses = async (server: Awaited<ReturnType<typeof serve>>, prompts: string[]) => {
    const seen: number[] = [];
    for (const prompt of prompts) seen.push((await post(server, { prompt })).status);
    return seen;
  };

  it("strikes by request, by attempt, by key and only so often", async () => {
    const kind = "server-error";
    expect(await statuses(await serve({ faults: [{ kind, requests: [2] }] }), ["a", "b", "a"])).toEqual([
      200, 500, 200,
    ]);
    expect(await statuses(await serve({ faults: [{ kind, attempts: [1] }] }), ["a", "b", "a"])).toEqual([
      500, 500, 200,
    ]);
    expect(await statuses(await serve({ faults: [{ kind, key: "b" }] }), ["a", "b", "a"])).toEqual([200, 500, 200]);
    expect(await statuses(await serve({ faults: [{ kind, times: 2 }] }), ["a", "b", "a"])).toEqual([500, 500, 200]);
  });

  it("strikes with a seeded probability, whatever the order", async () => {
    const prompts = Array.from({ length: 60 }, (_, index) => `question ${index}`);
    const options = { faults: [{ kind: "overloaded" as const, probability: 0.4 }], seed: 9 };
    const forward = await statuses(await serve(options), prompts);
    const backward = await statuses(await serve(options), prompts.toReversed());
    expect(backward.toReversed()).toEqual(forward);
    const struck = forward.filter((status) => status === 503).length;
    expect(struck).toBeGreaterThan(12);
    expect(struck).toBeLessThan(36);
  });

  it("may stand in the behaviour", async () => {
    const server = await serve({ behaviour: { faults: [{ kind: "overloaded" }] } });
    expect((await post(server)).status).toBe(503);
  });
});
