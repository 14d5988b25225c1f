import { describe, expect, it, onTestFinished } from "vitest";
import type { Provider } from "../contract.ts";
import {
  collectOutcomes,
  describeProvider,
  ManualClock,
  RecordingLedger,
  testContext,
  testRequest,
} from "../testing.ts";
import {
  completion,
  errorBody,
  type Reaction,
  replyJson,
  type TinyServer,
  tinyServer,
} from "./__fixtures__/tiny-server.ts";
import type { OpenaiOptions } from "./openai-options.ts";
import { openaiProvider } from "./openai-provider.ts";

const apiKey = "key-of-a-person-1234";
const prices = { m: { inputUsdPerMillion: 1, cachedInputUsdPerMillion: 0.5, outputUsdPerMillion: 10 } };

async function start(
  react: Reaction,
  options: Partial<OpenaiOptions> = {},
): Promise<{ readonly provider: Provider; readonly server: TinyServer }> {
  const server = await tinyServer(react);
  onTestFinished(() => server.close());
  const provider = await openaiProvider({ model: "m", baseUrl: server.baseUrl, apiKey, prices, ...options });
  return { provider, server };
}

/** Answers the first requests as told, the rest well. */
function first(...reactions: readonly Reaction[]): Reaction {
  return (response, request, number) =>
    (reactions[number] ?? (() => replyJson(response, completion(request))))(response, request, number);
}

function failing(status: number, body: unknown = errorBody(null), headers: Record<string, string> = {}): Reaction {
  return (response) => replyJson(response, body, status, headers);
}

for (const samplesPerRequest of [1, 4]) {
  describeProvider(
    { describe, it },
    {
      name: `openai with n = ${samplesPerRequest}`,
      create: async () => {
        const server = await tinyServer((response, request) => replyJson(response, completion(request)));
        const provider = await openaiProvider({ model: "m", baseUrl: server.baseUrl, prices, samplesPerRequest });
        return { provider, close: () => server.close() };
      },
    },
  );
}

describe("a request", () => {
  it("carries what was asked for and a seed of its own", async () => {
    const { provider, server } = await start(first(), { extraBody: { top_p: 0.9 } });
    const request = testRequest({ temperature: 0.7, seed: 1, signals: ["mean-logprob"] });
    await collectOutcomes(provider, request, [0, 1], testContext());
    const bodies = server.requests.map(({ body }) => body);
    expect(bodies[0]).toMatchObject({
      model: "m",
      messages: request.messages,
      max_tokens: 64,
      temperature: 0.7,
      logprobs: true,
      top_p: 0.9,
      seed: expect.any(Number),
    });
    expect(bodies[0]).not.toHaveProperty("n");
    expect(bodies[0]?.seed).not.toBe(bodies[1]?.seed);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
    expect(server.requests[0]?.url).toBe("/v1/chat/completions");
  });

  it("asks for the same sample with the same seed in a later run", async () => {
    const { provider, server } = await start(first());
    const request = testRequest({ seed: 1 });
    await collectOutcomes(provider, request, [3], testContext());
    await collectOutcomes(provider, request, [3], testContext());
    expect(server.requests[0]?.body.seed).toBe(server.requests[1]?.body.seed);
  });

  it("holds as many samples as the server takes", async () => {
    const { provider, server } = await start(first(), { samplesPerRequest: 4 });
    await collectOutcomes(provider, testRequest(), [0, 1, 2, 3, 4], testContext());
    expect(server.requests.map(({ body }) => body.n).sort()).toEqual([4, undefined]);
  });

  it("is not made for a question without text", async () => {
    const { provider, server } = await start(first());
    const [only] = await collectOutcomes(provider, testRequest({ messages: [] }), [0], testContext());
    expect(only?.outcome).toMatchObject({ kind: "failed", detail: "The question has no text to send." });
    expect(server.requests).toHaveLength(0);
  });
});

describe("a reply", () => {
  it("is split into samples whose usage and cost add up", async () => {
    const { provider } = await start(first(), { samplesPerRequest: 4 });
    const outcomes = await collectOutcomes(provider, testRequest(), [4, 5, 6], testContext());
    const responses = outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome.kind === "response");
    expect(outcomes.map(({ index }) => index)).toEqual([4, 5, 6]);
    expect(responses.map(({ text }) => text)).toEqual(["ANSWER: 0", "ANSWER: 1", "ANSWER: 2"]);
    expect(responses.map(({ usage }) => usage)).toEqual([
      { inputTokens: 21, outputTokens: 11 },
      { inputTokens: 0, outputTokens: 10 },
      { inputTokens: 0, outputTokens: 10 },
    ]);
    expect(responses.map(({ costUsd }) => costUsd)).toEqual([131 / 1e6, 100 / 1e6, 100 / 1e6]);
  });

  it("says how it ended", async () => {
    const ends = [
      { finish_reason: "length", message: { content: "cut" } },
      { finish_reason: "content_filter", message: { content: "" } },
      { finish_reason: "stop", message: { content: null, refusal: "I will not." } },
      { finish_reason: "tool_calls", message: { content: null } },
    ];
    const { provider } = await start(
      (response, request) => replyJson(response, completion(request, { choices: ends })),
      { samplesPerRequest: 4 },
    );
    const outcomes = await collectOutcomes(provider, testRequest(), [0, 1, 2, 3], testContext());
    expect(outcomes.map(({ outcome }) => outcome)).toMatchObject([
      { finishReason: "length", text: "cut" },
      { finishReason: "content-filter", text: "" },
      { finishReason: "refusal", text: "" },
      { finishReason: "other", text: "" },
    ]);
  });

  it("with too few choices is completed by a further request", async () => {
    const { provider, server } = await start(
      first((response, request) => {
        const whole = completion(request) as { choices: unknown[] };
        replyJson(response, { ...whole, choices: whole.choices.slice(0, 2) });
      }),
      { samplesPerRequest: 4 },
    );
    const context = testContext();
    const outcomes = await collectOutcomes(provider, testRequest(), [0, 1, 2, 3], context);
    expect(outcomes.map(({ index, outcome }) => [index, outcome.kind])).toEqual([
      [0, "response"],
      [1, "response"],
      [2, "response"],
      [3, "response"],
    ]);
    expect(server.requests.map(({ body }) => body.n)).toEqual([4, 2]);
    expect(context.limiter.successes).toBe(0);
  });

  it("of a server that ignores `n` makes it known as one", async () => {
    const warnings: string[] = [];
    const { provider, server } = await start(
      (response) => replyJson(response, completion({ url: "", headers: {}, body: {} })),
      { samplesPerRequest: 8, onWarning: (text) => warnings.push(text) },
    );
    const outcomes = await collectOutcomes(provider, testRequest(), [0, 1, 2, 3], testContext());
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(Array(4).fill("response"));
    expect(server.requests.map(({ body }) => body.n)).toEqual([4, undefined, undefined, undefined]);
    expect(warnings).toEqual(["The server does not take `n`; requests go on with one sample each."]);
  });

  it("without usage counts as a sample, and its worst case as spent", async () => {
    const { provider } = await start((response, request) => replyJson(response, completion(request, { usage: null })));
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({ kind: "response", text: "ANSWER: 0" });
    expect(only?.outcome).not.toHaveProperty("usage");
    expect(context.ledger.endings).toEqual([{ kind: "presumed", why: "the reply does not say what it used" }]);
  });

  it("without choices is asked for again, then failed", async () => {
    const { provider, server } = await start(
      (response, request) => replyJson(response, completion(request, { choices: [] })),
      { maxAttempts: 3 },
    );
    const [only] = await collectOutcomes(provider, testRequest(), [0], testContext());
    expect(only?.outcome).toMatchObject({ kind: "failed", detail: "The reply holds no choices (3 attempts)" });
    expect(server.requests).toHaveLength(3);
  });
});

describe("a failed attempt", () => {
  const cases: readonly {
    readonly name: string;
    readonly react: Reaction;
    readonly ending: "released" | "presumed";
    readonly throttles?: number;
  }[] = [
    { name: "429", react: failing(429, errorBody("rate_limit_exceeded")), ending: "released", throttles: 1 },
    { name: "500", react: failing(500), ending: "released" },
    { name: "503", react: failing(503), ending: "released" },
    { name: "529", react: failing(529), ending: "released" },
    { name: "408", react: failing(408), ending: "presumed" },
    { name: "502", react: failing(502), ending: "presumed" },
    { name: "504", react: failing(504), ending: "presumed" },
    { name: "a reset", react: (response) => response.destroy(), ending: "presumed" },
    {
      name: "a reset within the body",
      react: (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
        response.write('{"choices":', () => response.destroy());
      },
      ending: "presumed",
    },
    { name: "a body that is no JSON", react: (response) => response.end("<html>"), ending: "presumed" },
    { name: "a body that is no completion", react: (response) => replyJson(response, [1]), ending: "presumed" },
    { name: "an error within a 200", react: failing(200, { error: { code: 502, message: "up" } }), ending: "presumed" },
  ];
  it.each(cases)("by $name is $ending and tried again", async ({ react, ending, throttles = 0 }) => {
    const { provider, server } = await start(first(react));
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome.kind).toBe("response");
    expect(server.requests).toHaveLength(2);
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual([ending, "settled"]);
    expect(context.limiter).toMatchObject({ throttles, successes: 0, inUse: 0 });
    expect(context.clock.sleeps).toHaveLength(1);
  });

  it("by a closed port is released", async () => {
    const { provider, server } = await start(first(), { maxAttempts: 1 });
    await server.close();
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({
      kind: "failed",
      detail: expect.stringContaining("ECONNREFUSED"),
      forAll: true,
    });
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual(["released"]);
  });

  it("by a port that fetch refuses was never sent either", async () => {
    const provider = await openaiProvider({ model: "m", baseUrl: "http://127.0.0.1:1/v1", prices, maxAttempts: 1 });
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({ kind: "failed", forAll: true });
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual(["released"]);
  });

  it("by a server that never answers is presumed spent", async () => {
    const { provider } = await start(() => {}, { timeoutMs: 30, maxAttempts: 1 });
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({ detail: "No complete reply within 0.03 s (1 attempt)" });
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual(["presumed"]);
  });

  it("by a body that stalls is presumed spent", async () => {
    const { provider } = await start(
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write('{"choices":');
      },
      { timeoutMs: 60, maxAttempts: 1 },
    );
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({ detail: "No complete reply within 0.06 s (1 attempt)" });
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual(["presumed"]);
  });

  it.each([
    { status: 400, code: "invalid_request" },
    { status: 401, code: "invalid_api_key" },
    { status: 403, code: "forbidden" },
    { status: 404, code: "model_not_found" },
    { status: 429, code: "insufficient_quota" },
    { status: 429, code: "credit_balance_exhausted" },
  ])("by $status $code is final", async ({ status, code }) => {
    const { provider, server } = await start(failing(status, errorBody(code, `Bad key ${apiKey} or sk-abcdefgh1234`)));
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({
      kind: "failed",
      detail: `HTTP ${status} ${code}: Bad key [key] or [key]`,
    });
    expect(server.requests).toHaveLength(1);
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual(["released"]);
    expect(JSON.stringify(context.ledger.endings)).not.toContain(apiKey);
    expect(context.limiter.throttles).toBe(0);
  });

  it("waits as long as the server asks", async () => {
    const { provider } = await start(first(failing(429, errorBody("rate_limit_exceeded"), { "retry-after": "7" })));
    const context = { ...testContext(), random: () => 0 };
    await collectOutcomes(provider, testRequest(), [0], context);
    expect(context.clock.sleeps).toEqual([7000]);
  });

  it("does not wait longer than a minute", async () => {
    const { provider } = await start(failing(429, errorBody("rate_limit_exceeded", "slow"), { "retry-after": "90" }));
    const context = testContext();
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({
      detail: "HTTP 429 rate_limit_exceeded: slow (the server asks to wait 90 s, longer than the 60 s allowed)",
    });
    expect(context.clock.sleeps).toEqual([]);
  });

  it("gives up after five in a row, waiting longer each time", async () => {
    const { provider, server } = await start(failing(500));
    const context = { ...testContext(), random: () => 0.999999 };
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toMatchObject({ kind: "failed", detail: "HTTP 500: no (5 attempts)" });
    expect(server.requests).toHaveLength(5);
    expect(context.clock.sleeps.map(Math.round)).toEqual([500, 1000, 2000, 4000]);
  });

  it("can find the next one unaffordable", async () => {
    const { provider } = await start(failing(500));
    const context = testContext({ ledger: new RecordingLedger({ affordable: 1 }) });
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toEqual({ kind: "unaffordable" });
  });
});

describe("a refused parameter", () => {
  it("is left out from then on", async () => {
    const warnings: string[] = [];
    const { provider, server } = await start(
      (response, request) =>
        "temperature" in request.body
          ? replyJson(response, errorBody("unsupported_value", "no", "temperature"), 400)
          : replyJson(response, completion(request)),
      { onWarning: (text) => warnings.push(text) },
    );
    const request = testRequest({ temperature: 0.5 });
    const outcomes = await collectOutcomes(provider, request, [0, 1, 2], testContext());
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(["response", "response", "response"]);
    const before = server.requests.length;
    await collectOutcomes(provider, request, [3], testContext());
    expect(server.requests.length).toBe(before + 1);
    expect(warnings).toHaveLength(1);
  });

  it("is renamed when it is the token limit, once", async () => {
    const { provider, server } = await start((response, { body }) =>
      replyJson(
        response,
        errorBody("unsupported_parameter", "no", "max_tokens" in body ? "max_tokens" : "max_completion_tokens"),
        400,
      ),
    );
    const [only] = await collectOutcomes(provider, testRequest(), [0], testContext());
    expect(only?.outcome.kind).toBe("failed");
    expect(server.requests.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [64, undefined],
      [undefined, 64],
    ]);
  });

  it("is split off when it is `n`", async () => {
    const { provider, server } = await start(
      (response, request) =>
        "n" in request.body
          ? replyJson(response, errorBody("unsupported_parameter", "no", "n"), 400)
          : replyJson(response, completion(request)),
      { samplesPerRequest: 4 },
    );
    const outcomes = await collectOutcomes(provider, testRequest(), [0, 1, 2], testContext());
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(["response", "response", "response"]);
    expect(server.requests).toHaveLength(4);
  });
});

describe("cancelling", () => {
  it("reaches the socket, and the attempt is presumed spent", async () => {
    const context = testContext();
    let closed: Promise<void> | undefined;
    const { provider } = await start((response) => {
      closed = new Promise((resolve) => {
        response.on("close", resolve);
      });
      context.abort(new Error("stop"));
    });
    const [only] = await collectOutcomes(provider, testRequest(), [0], context);
    expect(only?.outcome).toEqual({ kind: "cancelled" });
    expect(context.ledger.endings).toEqual([{ kind: "presumed", why: "cancelled in flight" }]);
    await closed;
  });

  it("ends a wait for the next attempt", async () => {
    const clock = new ManualClock();
    const context = testContext({ clock });
    const { provider } = await start(failing(500));
    const outcomes = collectOutcomes(provider, testRequest(), [0], context);
    await expect.poll(() => clock.sleeping).toBe(1);
    context.abort();
    expect((await outcomes)[0]?.outcome).toEqual({ kind: "cancelled" });
    expect(clock.sleeping).toBe(0);
  });
});

describe("the last call", () => {
  it("lets what is in flight end, and nothing more leave", async () => {
    const lastCall = new AbortController();
    const { provider, server } = await start((response, request, number) => {
      lastCall.abort();
      if (number === 0) replyJson(response, completion(request));
      else failing(429)(response, request, number);
    });
    const context = { ...testContext({ clock: new ManualClock() }), lastCall: lastCall.signal };
    const outcomes = await collectOutcomes(provider, testRequest(), [0, 1], context);
    expect(outcomes.map(({ outcome }) => outcome.kind).sort()).toEqual(["cancelled", "response"]);
    expect(server.requests.length).toBeLessThanOrEqual(2);
    expect(context.ledger.inFlight).toBe(0);
  });
});

describe("log-probabilities", () => {
  const withTokens =
    (logprobs: readonly number[]): Reaction =>
    (response, request) =>
      replyJson(
        response,
        completion(request, {
          choices: [
            {
              message: { content: "x" },
              finish_reason: "stop",
              logprobs: { content: logprobs.map((logprob) => ({ token: "t", logprob })) },
            },
          ],
        }),
      );

  it("become the mean, and tokens when asked for", async () => {
    const { provider } = await start(withTokens([-1, -0.5]));
    const [only] = await collectOutcomes(provider, testRequest({ keepTokens: true }), [0], testContext());
    expect(only?.outcome).toMatchObject({
      signals: { "mean-logprob": -0.75, "sequence-logprob": -1.5 },
      tokens: [
        { token: "t", logprob: -1 },
        { token: "t", logprob: -0.5 },
      ],
    });
  });

  it("come with the likeliest tokens at each place, as many as the server takes", async () => {
    const refused = failing(400, errorBody("integer_above_max_value", "at most 5", "top_logprobs"));
    const warnings: string[] = [];
    const { provider, server } = await start(first(refused, refused), { onWarning: (text) => warnings.push(text) });
    const request = testRequest({ keepTokens: true, topLogprobs: 20 });
    const outcomes = await collectOutcomes(provider, request, [0, 1], testContext());
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(["response", "response"]);
    // Both had left before the first refusal came: the second one says nothing new.
    expect(server.requests.map(({ body }) => body.top_logprobs)).toEqual([20, 20, 5, 5]);
    expect(warnings).toEqual(["The server does not take so many `top_logprobs`; requests go on with 5."]);
  });

  it("are asked for without the likeliest tokens where a server takes none of them", async () => {
    const refused = failing(400, { error: { message: "Requested sample logprobs of 20, which is greater than max" } });
    const { provider, server } = await start(first(refused, refused));
    const request = testRequest({ keepTokens: true, topLogprobs: 20 });
    const [only] = await collectOutcomes(provider, request, [0], testContext());
    expect(only?.outcome.kind).toBe("response");
    expect(server.requests.map(({ body }) => body.top_logprobs)).toEqual([20, 5, undefined]);
    expect(server.requests.map(({ body }) => body.logprobs)).toEqual([true, true, true]);
  });

  it("do not bring the likeliest tokens unless tokens are wanted", async () => {
    const { provider, server } = await start(first());
    await collectOutcomes(provider, testRequest({ topLogprobs: 20, signals: ["mean-logprob"] }), [0], testContext());
    expect(server.requests[0]?.body).toMatchObject({ logprobs: true });
    expect(server.requests[0]?.body).not.toHaveProperty("top_logprobs");
  });

  it("hidden from more than a tenth of the tokens leave the mean censored", async () => {
    const { provider } = await start(withTokens([-1, -9999]));
    const [only] = await collectOutcomes(provider, testRequest({ signals: ["mean-logprob"] }), [0], testContext());
    expect(only?.outcome).toMatchObject({ signals: { "mean-logprob": "censored" } });
  });
});

describe("the provider", () => {
  it("has an account without the key and the capabilities of its model", async () => {
    const provider = await openaiProvider({ model: "o3", apiKey });
    expect(provider.id).toBe("openai:o3");
    expect(provider.account).toMatch(/^api\.openai\.com#[0-9a-f]{8}$/);
    expect(provider.can).toEqual({
      samplesPerRequest: 1,
      temperature: false,
      seed: true,
      signals: [],
      shows: { text: true, tokens: false, topLogprobs: 0 },
      asks: { logprobs: false, score: false },
    });
    const chat = await openaiProvider({ model: "gpt-4o-mini", apiKey });
    expect(chat.can).toMatchObject({
      samplesPerRequest: 128,
      temperature: true,
      signals: ["mean-logprob", "sequence-logprob"],
      shows: { text: true, tokens: true, topLogprobs: 20 },
      asks: { logprobs: true, score: false },
    });
  });

  it("knows what a request may cost at most", async () => {
    const provider = await openaiProvider({ model: "m", baseUrl: "http://localhost:1/v1", prices });
    const request = testRequest({ messages: [{ role: "user", content: "é".repeat(10) }], maxTokens: 100 });
    // 20 bytes, 8 for the message, 16 for the template.
    expect(provider.worstCaseUsd(request, 3)).toBeCloseTo((44 * 1 + 300 * 10) / 1e6, 12);
    const { maxTokens: _, ...unlimited } = request;
    expect(provider.worstCaseUsd(unlimited, 1)).toBe("unknown");
    expect((await openaiProvider({ model: "m", baseUrl: "http://localhost:1/v1" })).worstCaseUsd(request, 1)).toBe(
      "unknown",
    );
  });

  it("takes the listed price of an OpenAI model, unless another tier is asked for", async () => {
    const request = testRequest();
    const listed = await openaiProvider({ model: "gpt-4o-mini", apiKey });
    expect(listed.expectedUsd(request, 1)).toBeGreaterThan(0);
    const flex = await openaiProvider({ model: "gpt-4o-mini", apiKey, extraBody: { service_tier: "flex" } });
    expect(flex.worstCaseUsd(request, 1)).toBe("unknown");
    expect(listed.price).toMatchObject({ inputUsdPerMillion: 0.15, source: "genai-prices" });
    expect(flex.price).toBeUndefined();
  });

  it("needs a key for OpenAI itself", async () => {
    await expect(openaiProvider({ model: "gpt-4o-mini" })).rejects.toMatchObject({
      code: "missing-key",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
  });

  it.each([
    { option: "baseUrl", value: { baseUrl: "localhost:8000" } },
    { option: "samplesPerRequest", value: { samplesPerRequest: 0 } },
    { option: "extraBody", value: { extraBody: { n: 3 } } },
    { option: "maxAttempts", value: { maxAttempts: 0 } },
  ])("refuses a wrong $option", async ({ option, value }) => {
    await expect(openaiProvider({ model: "m", apiKey, ...value })).rejects.toMatchObject({
      code: "bad-option",
      message: expect.stringContaining(option),
    });
  });
});
