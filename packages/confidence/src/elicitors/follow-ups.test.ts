import { describe, expect, it } from "vitest";
import { choice, followUp, shown } from "./__fixtures__/asked.ts";
import { elicitors, followUpFor } from "./registry.ts";

const one = async (elicitor: string, scene: Parameters<typeof followUp>[2], sample = {}) =>
  (await followUp(elicitor, [sample], scene)).elicited[0];

describe("p-true", () => {
  it("asks in the next turn for one token and takes the share of the first label", async () => {
    const { elicited, askings } = await followUp("p-true", [{}], {
      reply: () => ({ text: "True", finishReason: "length", tokens: [shown({ True: 0.75, False: 0.25 })] }),
    });
    expect(elicited).toEqual([{ signal: expect.closeTo(0.75, 9) }]);
    expect(askings).toEqual([
      {
        messages: [
          { role: "user", content: "What is the capital of France? (as sent)" },
          { role: "assistant", content: "I think it is Paris. ANSWER: B" },
          { role: "user", content: expect.stringMatching(/True or False/) },
        ],
        maxTokens: 1,
        topLogprobs: 20,
      },
    ]);
  });

  it("gives the middle of narrow bounds, and no number of wide ones", async () => {
    const reply = () => ({ tokens: [shown({ True: 0.9, I: 0.05 })] });
    const low = 0.9 / 0.95;
    expect(await one("p-true", { reply })).toEqual({
      signal: expect.closeTo((1 + low) / 2, 9),
      bounds: [expect.closeTo(low, 9), 1],
    });
    expect(await one("p-true", { reply, options: { tolerance: 0.01 } })).toEqual({
      gap: "censored",
      bounds: [expect.closeTo(low, 9), 1],
    });
  });

  it.each([
    ["refused", { finishReason: "refusal" as const }],
    ["no-logprobs", { text: "True" }],
    ["no-label", { tokens: [shown({ Well: 0.9, I: 0.1 })] }],
    ["censored", { tokens: [{ token: "True", logprob: "censored" as const }] }],
  ])("has the gap %s", async (gap, reply) => {
    expect(await one("p-true", { reply: () => reply })).toEqual({ gap });
  });

  it("through a scoring endpoint needs no bounds", async () => {
    const scores = () => [Math.log(0.3), Math.log(0.1)];
    expect(await one("p-true", { options: { through: "score" }, scores })).toEqual({ signal: expect.closeTo(0.75, 9) });
    const hidden = () => ["censored" as const, Math.log(0.1)];
    expect(await one("p-true", { options: { through: "score" }, scores: hidden })).toEqual({ gap: "censored" });
  });
});

describe("verbal-numeric-follow-up", () => {
  it.each([
    ["I'd say 85 out of 100", { signal: 0.85 }],
    ["<think>perhaps 3</think>40", { signal: 0.4 }],
    ["<think>perhaps 3", { gap: "no-label" }],
    ["I cannot say.", { gap: "no-label" }],
    ["", { gap: "empty" }],
  ])("reads %j", async (text, elicited) => {
    expect(await one("verbal-numeric-follow-up", { reply: () => text })).toEqual(elicited);
  });

  it("says where a reply was cut off or refused", async () => {
    const of = (finishReason: "length" | "content-filter") =>
      one("verbal-numeric-follow-up", { reply: () => ({ text: "Let me see", finishReason }) });
    expect(await of("length")).toEqual({ gap: "truncated" });
    expect(await of("content-filter")).toEqual({ gap: "refused" });
  });
});

describe("verbal-scale", () => {
  const parts = [
    "A language model was asked",
    "Rome",
    "The model replied",
    "against the other options",
    "How certain",
    "f. very uncertain",
  ];

  it("puts its parts in the order of the paper", async () => {
    const { prompts } = await followUp("verbal-scale", [{}], { reply: () => "a" });
    const places = parts.map((part) => prompts[0]!.indexOf(part));
    expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true);
    // Another model's answer: nothing of the conversation itself.
    expect(prompts[0]).not.toContain("as sent");
  });

  it("has the paper's ablations", async () => {
    const promptOf = async (options: object) =>
      (await followUp("verbal-scale", [{}], { options: { ...options }, reply: () => "a" })).askings[0]!.messages;
    expect((await promptOf({ showOptions: false }))[0]!.content).not.toContain("Rome");
    expect((await promptOf({ scale: "numeric" }))[0]!.content).toMatch(/scale of 1 to 100/);
    const own = await promptOf({ person: "second", showOptions: false });
    expect(own.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(own[2]!.content).toMatch(/your answer/);
  });

  it.each([
    ["a", 1],
    ["(b)", 0.8],
    ["C.", 0.6],
    ["**d. somewhat certain**", 0.4],
    ["e) not certain", 0.2],
    ["f: very uncertain", 0],
    ["Very certain", 1],
    ["very uncertain", 0],
    ["I am fairly certain, not very certain.", 0.8],
    ["A careful look makes me moderately certain", 0.6],
  ])("reads %j as %d", async (text, value) => {
    expect(await one("verbal-scale", { reply: () => text })).toEqual({ signal: value });
  });

  it.each(["certain", "A good answer.", "g. no idea"])("finds no label in %j", async (text) => {
    expect(await one("verbal-scale", { reply: () => text })).toEqual({ gap: "no-label" });
  });

  it("reads numbers on the numeric scale", async () => {
    expect(await one("verbal-scale", { options: { scale: "numeric" }, reply: () => "70" })).toEqual({ signal: 0.7 });
  });
});

describe("linguistic-judge", () => {
  it("shows the judge everything but the number that the response states", async () => {
    const { prompts } = await followUp("linguistic-judge", [{ text: "It may be Paris.\nConfidence: 95%\nANSWER: B" }], {
      reply: () => "Confidence score: 0.7",
    });
    expect(prompts[0]).toMatch(/It may be Paris/);
    expect(prompts[0]).toMatch(/B\. Paris/);
    expect(prompts[0]).not.toMatch(/95/);
  });

  it.each([
    ["Confidence score: 0.7", { signal: 0.7 }],
    ["confidence score = **0.25**", { signal: 0.25 }],
    ["Confidence score: 0.4\nConfidence score: 0.8", { signal: expect.closeTo(0.6, 12) }],
    ["0.0", { signal: 0 }],
    ["Confidence score: 95", { gap: "no-label" }],
    ["Confidence score: 95%", { gap: "no-label" }],
    ["It sounds sure.", { gap: "no-label" }],
  ])("reads %j", async (text, elicited) => {
    expect(await one("linguistic-judge", { reply: () => text })).toEqual(elicited);
  });
});

describe("surrogate", () => {
  it("takes the answer's share among the options", async () => {
    const { elicited, scorings } = await followUp("surrogate", [{ answer: "B" }], {
      scores: ({ candidates }) => candidates.map((candidate) => Math.log(candidate === " B" ? 0.4 : 0.1)),
    });
    expect(elicited).toEqual([{ signal: expect.closeTo(0.5, 9) }]);
    expect(scorings[0]).toMatchObject({ prefix: "ANSWER:", candidates: [" A", " B", " C", " D", " E"] });
  });

  it("takes the probability of the whole answer elsewhere", async () => {
    const question = { id: "n", kind: "number", text: "6 × 7?" } as const;
    const scores = () => [Math.log(0.2)];
    expect(await one("surrogate", { question, scores }, { answer: "42" })).toEqual({ signal: expect.closeTo(0.2, 9) });
    expect(await one("surrogate", { question, scores: () => ["censored"] }, { answer: "42" })).toEqual({
      gap: "censored",
    });
  });
});

describe("verifier", () => {
  it("asks once about all answers of a wave", async () => {
    const { elicited, prompts } = await followUp(
      "verifier",
      [{ answer: "42" }, { answer: "41" }, { answer: "42" }, { answer: "7" }],
      {
        reply: () => "1: 80\n2) 15%\n4: 99",
      },
    );
    expect(elicited).toEqual([{ signal: 0.8 }, { signal: 0.15 }, { signal: 0.8 }, { gap: "no-label" }]);
    expect(prompts).toHaveLength(1);
    expect(prompts[0]).toMatch(/1\. 42\n2\. 41\n3\. 7/);
  });

  it("keeps an answer of many lines on one", async () => {
    const { prompts } = await followUp("verifier", [{ answer: "1\n2: 100" }], { reply: () => "1: 5" });
    expect(prompts[0]).toContain("1. 1 2: 100\n");
  });
});

describe("fidelity", () => {
  const order: Record<string, string> = { D: "DACBE", A: "DACBE", C: "ADCBE" };
  const samples = ["D", "D", "D", "A", "A", "C"].map((answer) => ({ answer }));
  /** Picks by the order that the seed's chain is to have; the replaced option comes in its turn. */
  const picks = (chains: Record<string, string>) => (prompt: string) => {
    const seed = /^([A-Z])\. All other options are wrong/m.exec(prompt)![1]!;
    const left = [...prompt.matchAll(/^([A-Z])\. /gm)].map((match) => match[1]!);
    return `Answer: ${[...chains[seed]!].find((letter) => left.includes(letter))}`;
  };

  it("is (1 − uncertainty) × fidelity, as in the paper's example (figure 3, τ 2)", async () => {
    // Chains D>A>C, A>D>C and C>A>D: what comes after the seed, then the replaced option itself.
    const chains = { D: "ACD", A: "DCA", C: "ADC" };
    const { elicited, askings } = await followUp("fidelity", samples, { reply: picks(chains) });
    const values = elicited.map((one) => ("signal" in one ? one.signal : Number.NaN));
    expect(values[0]).toBeCloseTo(0.1504, 4);
    expect(values[3]).toBeCloseTo(0.14155, 4);
    expect(values[5]).toBeCloseTo(0.07962, 4);
    // Three greedy calls a chain of length three, whoever asks.
    expect(askings).toHaveLength(9);
  });

  it("gives an unwavering answer all there is, for one call", async () => {
    const { elicited, askings } = await followUp("fidelity", [{ answer: "D" }, { answer: "D" }], {
      reply: picks(order),
    });
    expect(elicited).toEqual([{ signal: 1 }, { signal: 1 }]);
    expect(askings).toHaveLength(1);
  });

  it("ends a chain that names an option that is gone, and says so", async () => {
    const { elicited } = await followUp("fidelity", [{ answer: "D" }], { reply: () => "Answer: A" });
    expect(elicited[0]).toMatchObject({
      signal: expect.closeTo(2 / 3, 9),
      detail: expect.stringMatching(/1 of 1 chains/),
    });
    const silent = await followUp("fidelity", [{ answer: "D" }], { reply: () => "None of them." });
    expect(silent.elicited[0]).toMatchObject({ signal: 1, detail: expect.stringMatching(/broke off/) });
  });

  it("has no number for an answer that is no option", async () => {
    expect(await one("fidelity", {}, { answer: "Z" })).toMatchObject({ gap: "no-label" });
  });
});

describe("special-token", () => {
  it("scores the confidence token after the response, or after itself", async () => {
    const at = (position: "A" | "B") =>
      followUp("special-token", [{}], { options: { position }, scores: () => [Math.log(0.6)] });
    const [a, b] = [await at("A"), await at("B")];
    expect(a.elicited).toEqual([{ signal: expect.closeTo(0.6, 9) }]);
    expect(a.scorings[0]).toMatchObject({ prefix: "", candidates: ["<CNF>"] });
    expect(a.scorings[0]!.messages.at(-1)).toMatchObject({ role: "assistant" });
    expect(b.scorings[0]).toMatchObject({ prefix: "<CNF>", candidates: ["<CNF>"] });
  });
});

describe("every elicitor that asks", () => {
  const asking = elicitors.filter(({ followUp: build }) => build !== undefined).map(({ name }) => name);
  const samples = [{ answer: "A" }, { answer: "B" }, { answer: "B" }];
  const replies = {
    scores: ({ candidates }: { candidates: readonly string[] }) => candidates.map(() => -1),
    reply: () => "C",
  };

  it.each(asking)("%s never makes a dearer call than it says, nor more of them", async (name) => {
    const long = { text: `${"x".repeat(9000)} ANSWER: B`, answer: "B" };
    const { askings, scorings } = await followUp(name, [{ ...long, answer: "A" }, long, long], {
      ...replies,
      mostResponseBytes: 900,
    });
    const how = followUpFor({ elicitor: name, calibrator: { form: "identity" } })!;
    const worst = how.worstCalls({
      question: choice,
      messages: [{ role: "user", content: "What is the capital of France? (as sent)" }],
      mostResponseBytes: 900,
      response: "x".repeat(900),
      answer: "x".repeat(400),
      maxSamples: 3,
    });
    const bytes = (parts: readonly { readonly content: string }[]) =>
      parts.reduce((sum, { content }) => sum + new TextEncoder().encode(content).length, 0);
    const dearest = Math.max(
      ...worst.map((call) => bytes(call.kind === "ask" ? call.asking.messages : call.scoring.messages)),
    );
    const calls = [...askings, ...scorings];
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.length).toBeLessThanOrEqual(worst.length * samples.length);
    // A list of several candidates is bounded by as many prompts of one.
    const most = name === "verifier" ? dearest * samples.length : dearest;
    for (const call of calls) expect(bytes(call.messages)).toBeLessThanOrEqual(most);
  });

  it.each(asking)("%s refuses options that it does not have", (name) => {
    const confidence = { elicitor: name, calibrator: { form: "identity" as const }, options: { nonsense: 1 } };
    expect(() => followUpFor(confidence)).toThrowError(/confidence\.options.*nonsense/);
  });

  it("the others take none at all", () => {
    const confidence = { elicitor: "recorded", calibrator: { form: "identity" as const }, options: { a: 1 } };
    expect(() => followUpFor(confidence)).toThrowError(/takes no options/);
  });
});
