import { type LlmServerOptions, startLlmServer } from "@quorate/llm-server";
import { openaiProvider, type ScoreOutcome, type ScoreRequest, type ScoringDialect } from "@quorate/providers";
import { RecordingLedger, testContext } from "@quorate/providers/testing";
import { describe, expect, it, onTestFinished } from "vitest";

const prices = { "fake-model": { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 } };
const dialects = ["vllm", "vllm-completions", "sglang", "llama-server"] as const;

async function stage(scoring: ScoringDialect, options: LlmServerOptions) {
  const server = await startLlmServer({ keepRequests: true, price: { input: 0.15, output: 0.6 }, ...options });
  const provider = await openaiProvider({ model: "fake-model", baseUrl: server.url, prices, scoring, maxAttempts: 2 });
  onTestFinished(async () => {
    await provider.close();
    await server.close();
  });
  return { server, provider };
}

const answers = (probabilities: Readonly<Record<string, number>>): LlmServerOptions => ({
  behaviour: {
    default: { answers: Object.entries(probabilities).map(([answer, probability]) => ({ answer, probability })) },
  },
});

const request = (parts: Partial<ScoreRequest>): ScoreRequest => ({
  question: { id: "q", kind: "number", text: "6 × 7?" },
  messages: [{ role: "user", content: "6 × 7?" }],
  prefix: "",
  candidates: ["42"],
  ...parts,
});

function probabilities(outcome: ScoreOutcome): readonly (number | string)[] {
  if (outcome.kind !== "scores") throw new Error(JSON.stringify(outcome));
  return outcome.logprobs.map((one) => (one === "censored" ? one : Math.exp(one)));
}

describe.each(dialects)("%s", (dialect) => {
  it("tells the probability of a label after a conversation", async () => {
    const { provider } = await stage(dialect, answers({ True: 0.6, False: 0.25 }));
    const context = testContext();
    const outcome = await provider.score!(request({ candidates: ["True", "False"] }), context);
    expect(probabilities(outcome)).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.25, 6)]);
    expect(context.ledger.inFlight).toBe(0);
    expect(context.limiter.inUse).toBe(0);
  });

  it("multiplies the tokens of a longer text, after a prefix", async () => {
    // The server's tokens have three digits at most: the first two share theirs.
    const { provider } = await stage(dialect, answers({ "1234": 0.5, "1235": 0.3, "77": 0.2 }));
    const outcome = await provider.score!(
      request({ prefix: "ANSWER:", candidates: [" 1234", " 1235", " 77"] }),
      testContext(),
    );
    expect(probabilities(outcome)).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.3, 6), expect.closeTo(0.2, 6)]);
  });

  it("tells the probability of a special token where a response ended", async () => {
    const { provider } = await stage(dialect, answers({ "<CNF>": 0.37 }));
    const messages = [
      { role: "user", content: "6 × 7?" },
      { role: "assistant", content: "It is 42." },
    ] as const;
    const outcome = await provider.score!(request({ messages, candidates: ["<CNF>"] }), testContext());
    expect(probabilities(outcome)).toEqual([expect.closeTo(0.37, 6)]);
  });

  it("pays what the server bills, and sets aside no less", async () => {
    const { provider, server } = await stage(dialect, answers({ "1234": 0.5, "1235": 0.3 }));
    const context = testContext();
    const asked = request({ prefix: "ANSWER:", candidates: [" 1234", " 1235"] });
    const outcome = await provider.score!(asked, context);
    const settled = context.ledger.endings.reduce(
      (sum, one) => sum + (one.kind === "settled" ? (one.usd ?? 0) : 1e9),
      0,
    );
    expect(settled).toBeCloseTo(server.journal().usd, 12);
    expect(outcome).toMatchObject({ costUsd: expect.closeTo(settled, 12) });
    const reserved = context.ledger.attempts.map(({ worstCaseUsd }) => worstCaseUsd as number);
    const endings = context.ledger.endings.map((one) => (one.kind === "settled" ? (one.usd ?? 0) : 0));
    for (const [place, usd] of endings.entries()) expect(usd).toBeLessThanOrEqual(reserved[place]! + 1e-15);
    expect(reserved.reduce((sum, usd) => sum + usd, 0)).toBeLessThanOrEqual(
      provider.scoreWorstCaseUsd!(asked) as number,
    );
    expect(context.ledger.attempts.every(({ samples }) => samples.length === 0)).toBe(true);
  });

  it("tries again, and says in words why there is nothing", async () => {
    const retried = await stage(dialect, { ...answers({ True: 0.6 }), faults: [{ kind: "overloaded", times: 1 }] });
    expect(await retried.provider.score!(request({ candidates: ["True"] }), testContext())).toMatchObject({
      kind: "scores",
    });
    const down = await stage(dialect, { ...answers({ True: 0.6 }), faults: [{ kind: "reset-mid-body" }] });
    const context = testContext();
    expect(await down.provider.score!(request({ candidates: ["True"] }), context)).toMatchObject({
      kind: "failed",
      detail: expect.stringMatching(/connection|complete/),
    });
    expect(context.ledger.endings.map(({ kind }) => kind)).toEqual(["presumed", "presumed"]);
  });

  it("buys nothing that cannot be paid, and nothing after an abort", async () => {
    const { provider, server } = await stage(dialect, answers({ True: 0.6 }));
    const poor = testContext({ ledger: new RecordingLedger({ affordable: 0 }) });
    expect(await provider.score!(request({ candidates: ["True"] }), poor)).toEqual({ kind: "unaffordable" });
    const late = testContext();
    late.abort(new Error("stop"));
    expect(await provider.score!(request({ candidates: ["True"] }), late)).toEqual({ kind: "cancelled" });
    expect(server.journal().requests).toBe(0);
    expect([poor.limiter.inUse, late.limiter.inUse]).toEqual([0, 0]);
  });

  it("fails for texts that are too long to score", async () => {
    const { provider, server } = await stage(dialect, answers({ True: 0.6 }));
    const long = await provider.score!(request({ candidates: ["a ".repeat(200)] }), testContext());
    expect(long).toMatchObject({ kind: "failed", detail: expect.stringMatching(/64 at most/) });
    expect(server.journal().requests).toBeLessThanOrEqual(1);
  });
});

describe("the requests", () => {
  const bodies = async (dialect: ScoringDialect) => {
    const { provider, server } = await stage(dialect, answers({ True: 0.6, False: 0.25 }));
    await provider.score!(request({ candidates: ["True", "False"] }), testContext());
    return server.entries().map(({ request: sent }) => sent!.body as Record<string, unknown>);
  };

  it("of vLLM's generative scoring are one for each token, an item never empty", async () => {
    const sent = await bodies("vllm");
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({ model: "fake-model", apply_softmax: false, add_special_tokens: false });
    expect((sent[0]!.label_token_ids as number[]).length).toBe(1);
    expect(sent[0]!.items).toEqual([[expect.any(Number)]]);
  });

  it("of the others are one for all labels", async () => {
    for (const dialect of ["vllm-completions", "llama-server"] as const) expect(await bodies(dialect)).toHaveLength(1);
    // One more tells the tokens of the conversation.
    expect(await bodies("sglang")).toHaveLength(2);
  });
});

describe("what the servers hide", () => {
  it("is censored: −9999 of vLLM, and what llama-server does not list", async () => {
    for (const dialect of ["vllm-completions", "llama-server"] as const) {
      const { provider } = await stage(dialect, answers({ True: 0.6 }));
      const outcome = await provider.score!(request({ candidates: ["True", "False"] }), testContext());
      expect(probabilities(outcome)).toEqual([expect.closeTo(0.6, 6), "censored"]);
    }
  });

  it("is an error where the server is another one than was said", async () => {
    const { provider } = await stage("vllm", { ...answers({ True: 0.6 }), faults: [{ kind: "malformed-json" }] });
    expect(await provider.score!(request({ candidates: ["True"] }), testContext())).toMatchObject({ kind: "failed" });
  });

  it("has no score without a dialect, and none of an unknown one", async () => {
    const provider = await openaiProvider({ model: "m", baseUrl: "http://127.0.0.1:1/v1" });
    expect([provider.score, provider.can.asks]).toEqual([undefined, { logprobs: true, score: false }]);
    const scoring = "mystery" as ScoringDialect;
    await expect(openaiProvider({ model: "m", baseUrl: "http://127.0.0.1:1/v1", scoring })).rejects.toThrowError(
      /scoring/,
    );
  });
});
