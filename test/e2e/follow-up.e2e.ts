import { join } from "node:path";
import type { LlmServerOptions } from "@quorate/llm-server";
import { openTrace, type RecordedSample } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { onStage, type Stage, summaryIn } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

type Questions = NonNullable<NonNullable<LlmServerOptions["behaviour"]>["questions"]>;
type Faults = NonNullable<LlmServerOptions["faults"]>;

/** The server says one of these to whoever asks with such words, and nothing around it. */
const says = (key: string, answers: Readonly<Record<string, number>>): Questions => [
  { key, answers: Object.entries(answers).map(([answer, probability]) => ({ answer, probability, text: "{answer}" })) },
];

/** Words that only the prompt of an elicitor has. */
const words = {
  "p-true": "Is your answer right?",
  "verbal-numeric-follow-up": "How likely is it that your answer is right?",
  "verbal-scale": "A language model was asked this question",
  "linguistic-judge": "Judge how certain the author",
  verifier: "Candidate answers",
  fidelity: "Choose the option you agree with most",
} as const;

const choices = Array.from({ length: 3 }, (_, index) =>
  JSON.stringify({
    id: `q${index}`,
    kind: "choice",
    question: `[#${index}#] Which?`,
    options: ["x", "y", "z"],
    gold: "B",
  }),
).join("\n");

const bothPrices = JSON.stringify(
  Object.fromEntries(
    ["fake-model", "judge-model"].map((model) => [model, { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 }]),
  ),
);

function policy(stage: Stage, elicitor: string, ...more: string[]): string[] {
  return [
    ...["--policy", "sc", "--max-samples", "3", "--set", `confidence.elicitor=${elicitor}`, "--prices"],
    ...[stage.file("both.json", bothPrices), "--judge", "openai:judge-model", ...more],
  ];
}

async function samplesIn(out: string): Promise<readonly RecordedSample[]> {
  const trace = await openTrace(join(out, "samples.jsonl"));
  try {
    const all: RecordedSample[] = [];
    for await (const { samples } of trace) all.push(...samples);
    return all;
  } finally {
    await trace.close();
  }
}

interface Case {
  readonly elicitor: keyof typeof words;
  readonly set?: readonly string[];
  readonly says: Readonly<Record<string, number>>;
  readonly faults?: Faults;
  readonly questions?: string;
  /** Of every sample. */
  readonly gives: { readonly signal: number | "censored" | undefined; readonly gap?: string };
}

const near = (value: number): number => expect.closeTo(value, 3);
const fault = (elicitor: keyof typeof words, kind: NonNullable<Faults[number]["kind"]>) => [
  { kind, key: words[elicitor] },
];

const cases: readonly (readonly [string, Case])[] = [
  [
    "p-true: a share of two labels",
    { elicitor: "p-true", says: { True: 0.8, False: 0.2 }, gives: { signal: near(0.8) } },
  ],
  [
    "p-true: other labels",
    {
      elicitor: "p-true",
      set: ["confidence.options.labels=yes-no"],
      says: { Yes: 0.3, No: 0.7 },
      gives: { signal: near(0.3) },
    },
  ],
  [
    "p-true: a label that is hidden, bounded",
    { elicitor: "p-true", says: { True: 0.9, Perhaps: 0.05 }, gives: { signal: near((1 + 0.9 / 0.95) / 2) } },
  ],
  [
    "p-true: bounds that are too wide",
    { elicitor: "p-true", says: { True: 0.5, Perhaps: 0.2 }, gives: { signal: "censored", gap: "censored" } },
  ],
  [
    "p-true: refused",
    {
      elicitor: "p-true",
      says: { True: 1 },
      faults: fault("p-true", "refusal"),
      gives: { signal: undefined, gap: "refused" },
    },
  ],
  [
    "p-true: no log-probabilities",
    {
      elicitor: "p-true",
      says: { True: 1 },
      faults: fault("p-true", "missing-logprobs"),
      gives: { signal: undefined, gap: "no-logprobs" },
    },
  ],
  [
    "p-true: −9999 for the token itself, the others shown",
    {
      elicitor: "p-true",
      says: { True: 0.8, False: 0.2 },
      faults: fault("p-true", "censored-logprobs"),
      gives: { signal: near(0.8) },
    },
  ],
  ["p-true: neither label", { elicitor: "p-true", says: { Maybe: 1 }, gives: { signal: undefined, gap: "no-label" } }],
  ["verbal number", { elicitor: "verbal-numeric-follow-up", says: { "I would say 85.": 1 }, gives: { signal: 0.85 } }],
  [
    "verbal number: cut off",
    {
      elicitor: "verbal-numeric-follow-up",
      set: ["confidence.options.maxTokens=3"],
      says: { "Let me think about it for a while": 1 },
      gives: { signal: undefined, gap: "truncated" },
    },
  ],
  [
    "verbal number: refused",
    {
      elicitor: "verbal-numeric-follow-up",
      says: { "50": 1 },
      faults: fault("verbal-numeric-follow-up", "refusal"),
      gives: { signal: undefined, gap: "refused" },
    },
  ],
  [
    "verbal number: nothing said",
    {
      elicitor: "verbal-numeric-follow-up",
      says: { "50": 1 },
      faults: fault("verbal-numeric-follow-up", "empty-content"),
      gives: { signal: undefined, gap: "empty" },
    },
  ],
  ["verbal scale", { elicitor: "verbal-scale", says: { "b. fairly certain": 1 }, gives: { signal: 0.8 } }],
  [
    "verbal scale: never a label",
    { elicitor: "verbal-scale", says: { "It is fine.": 1 }, gives: { signal: undefined, gap: "no-label" } },
  ],
  ["judge", { elicitor: "linguistic-judge", says: { "Confidence score: 0.7": 1 }, gives: { signal: 0.7 } }],
  [
    "judge: no score",
    {
      elicitor: "linguistic-judge",
      says: { "Confidence score: 95": 1 },
      gives: { signal: undefined, gap: "no-label" },
    },
  ],
  ["verifier", { elicitor: "verifier", says: { "1: 60\n2: 60\n3: 60": 1 }, gives: { signal: 0.6 } }],
  [
    "fidelity: always the same option",
    { elicitor: "fidelity", says: { B: 1 }, questions: choices, gives: { signal: expect.any(Number) as number } },
  ],
];

describe("asking about samples", () => {
  it.each(cases)("%s", (_, { elicitor, set = [], says: answers, faults = [], questions, gives }) =>
    onStage(
      {
        behaviour: {
          default: questions === undefined ? {} : { format: "letter" },
          questions: says(words[elicitor], answers),
        },
        faults: [...faults],
        ...(questions !== undefined && { questions }),
      },
      async (stage) => {
        const ended = await stage.run(...policy(stage, elicitor, ...set.flatMap((one) => ["--set", one])));
        expect(ended).toMatchObject({ code: 0 });
        const voting = (await samplesIn(stage.out)).filter(({ extraction }) => extraction.kind === "answer");
        expect(voting.length).toBeGreaterThan(5);
        for (const { signals, followUps } of voting) {
          expect(signals[elicitor]).toEqual(gives.signal);
          expect(followUps).toEqual([
            expect.objectContaining({
              elicitor,
              asked: expect.stringMatching(/^openai:/),
              ...(gives.gap !== undefined && { gap: gives.gap }),
            }),
          ]);
        }
        // The null rate is told.
        const { followUps, unmeasured } = summaryIn(ended) as {
          followUps?: { samples: number; gaps?: Record<string, number> };
          unmeasured?: { votes: number; of: number };
        };
        expect(followUps).toEqual({
          samples: voting.length,
          ...(gives.gap !== undefined && { gaps: { [gives.gap]: voting.length } }),
        });
        expect(unmeasured).toEqual(gives.gap === undefined ? undefined : { votes: voting.length, of: voting.length });
        // What is on the bill of the questions is all that was billed.
        const spent = await stage.expectHonestMoney();
        const told = stage.decisions().reduce((sum, { costUsd = 0 }) => sum + costUsd, 0);
        expect(told).toBeCloseTo(spent.recordedUsd, 12);
      },
    ),
  );

  it("weighs votes by what came of it", () =>
    onStage(
      { behaviour: { questions: says(words["p-true"], { True: 0.8, False: 0.2 }) }, questions: 2 },
      async (stage) => {
        await stage.run(...policy(stage, "p-true", "--set", "weighting.form=linear"));
        for (const { votes } of stage.decisions()) {
          for (const { count, weight } of votes) expect(weight).toBeCloseTo(0.8 * count, 2);
        }
      },
    ));

  it("asks the judge, and nobody else, about another model's samples", () =>
    onStage(
      { behaviour: { questions: says(words["linguistic-judge"], { "Confidence score: 0.7": 1 }) } },
      async (stage) => {
        await stage.run(...policy(stage, "linguistic-judge"));
        const models = stage.server
          .entries()
          .map(({ key, model }) => `${key === undefined ? "sample" : "judge"} ${model}`);
        expect(new Set(models)).toEqual(new Set(["sample fake-model", "judge judge-model"]));
        expect(JSON.stringify(jsonLines(join(stage.out, "ledger.jsonl")))).toContain('"call":');
        const [question] = stage.decisions();
        expect(question?.followUps?.samples).toBeGreaterThan(0);
      },
    ));

  it("asks about recorded samples too, of a judge", () =>
    onStage(
      { behaviour: { questions: says(words["linguistic-judge"], { "Confidence score: 0.4": 1 }) } },
      async (stage) => {
        await stage.run("--policy", "sc", "--max-samples", "3");
        const before = stage.server.journal().requests;
        const replayed = join(stage.path, "replayed");
        const ended = await stage.run(
          ...policy(
            stage,
            "linguistic-judge",
            "--model",
            `replay:${join(stage.out, "samples.jsonl")}`,
            "--out",
            replayed,
          ),
        );
        expect(ended).toMatchObject({ code: 0 });
        const samples = await samplesIn(replayed);
        expect(stage.server.journal().requests - before).toBe(samples.length);
        expect(samples.every(({ signals }) => signals["linguistic-judge"] === 0.4)).toBe(true);
      },
    ));

  it("buys equal requests once, also over processes", () =>
    onStage(
      { behaviour: { questions: says(words.fidelity, { B: 1 }), default: { format: "letter" } }, questions: choices },
      async (stage) => {
        await stage.run(...policy(stage, "fidelity"));
        const chains = stage.server.entries().filter(({ key }) => key === words.fidelity);
        expect(new Set(chains.map(({ promptHash }) => promptHash)).size).toBe(chains.length);
        const again = join(stage.path, "again");
        const reused = await stage.run(...policy(stage, "fidelity", "--out", again, "--reuse", stage.out));
        expect(reused).toMatchObject({ code: 0 });
        expect(stage.server.entries().filter(({ key }) => key === words.fidelity)).toHaveLength(chains.length);
      },
    ));

  it("goes on where a budget ended it, and pays for nothing twice", () =>
    onStage(
      {
        behaviour: { questions: says(words["p-true"], { True: 0.8, False: 0.2 }) },
        questions: 6,
        price: { input: 0.15, output: 0.6 },
      },
      async (stage) => {
        for (const budget of ["0.0004", "0.0008", "1"]) {
          const { code, stderr } = await stage.run(
            ...policy(stage, "p-true", "--budget", budget, "--concurrency", "2"),
          );
          expect({ code, stderr }).toMatchObject({ code: budget === "1" ? 0 : 3 });
          await stage.expectHonestMoney(Number(budget));
        }
        const asked = stage.server.entries().filter(({ key }) => key === words["p-true"]);
        expect(asked).toHaveLength(18);
        expect(new Set(asked.map(({ promptHash }) => promptHash)).size).toBe(18);
      },
    ));

  it("after a crash between a sample and its follow-up does the follow-up alone, and not what was answered", () =>
    onStage(
      { behaviour: { questions: says(words["p-true"], { True: 0.8, False: 0.2 }) }, questions: 4 },
      async (stage) => {
        const asked = () => stage.server.entries().filter(({ key }) => key === words["p-true"]).length;
        const without = (...kinds: readonly string[]) => {
          const path = join(stage.out, "samples.jsonl");
          const kept = jsonLines<object>(path).filter((line) => !kinds.some((kind) => kind in line));
          stage.file("run/samples.jsonl", kept.map((line) => `${JSON.stringify(line)}\n`).join(""));
          stage.file("run/decisions.jsonl", "");
        };
        await stage.run(...policy(stage, "p-true"));
        const [decisions, requests, before] = [stage.decisions(), stage.server.journal().requests, asked()];
        without("followUp");
        expect(await stage.run(...policy(stage, "p-true"))).toMatchObject({ code: 0 });
        expect(stage.server.journal().requests).toBe(requests);
        without("followUp", "call");
        expect(await stage.run(...policy(stage, "p-true"))).toMatchObject({ code: 0 });
        expect([asked(), stage.server.journal().requests]).toEqual([2 * before, requests + before]);
        const told = (all: ReturnType<Stage["decisions"]>) =>
          all.map(({ id, votes, costUsd }) => [id, votes, costUsd?.toFixed(12)]);
        expect(told(stage.decisions())).toEqual(told(decisions));
      },
    ));

  it("keeps a budget when follow-ups break off", () =>
    onStage(
      {
        behaviour: { questions: says(words["p-true"], { True: 0.8, False: 0.2 }) },
        questions: 6,
        faults: [
          { kind: "reset-mid-body", probability: 0.3, key: words["p-true"] },
          { kind: "missing-usage", probability: 0.3, key: words["p-true"] },
          { kind: "rate-limit-requests", probability: 0.2, retryAfterMs: 5 },
        ],
      },
      async (stage) => {
        const { code } = await stage.run(...policy(stage, "p-true", "--budget", "0.01", "--concurrency", "4"));
        expect(code).toBeOneOf([0, 3]);
        const { presumedUsd } = await stage.expectHonestMoney(0.01);
        expect(presumedUsd).toBeGreaterThan(0);
      },
    ));
});

describe("before anything is sent", () => {
  const refusal = async (stage: Stage, ...args: string[]) => {
    const ended = await stage.run("--policy", "sc", ...args);
    expect(stage.server.journal().requests).toBe(0);
    return ended;
  };

  it("a judge that nobody named, an unknown option and a server that tells no scores are refused", () =>
    onStage({}, async (stage) => {
      const elicitor = (name: string) => ["--set", `confidence.elicitor=${name}`];
      expect(await refusal(stage, ...elicitor("linguistic-judge"))).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/--judge/),
      });
      expect(await refusal(stage, ...elicitor("p-true"), "--set", "confidence.options.labels=maybe")).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/confidence\.options\.labels/),
      });
      expect(await refusal(stage, ...elicitor("special-token"))).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/--scoring/),
      });
      const replay = ["--model", `replay:${stage.file("t.jsonl", '{"id":"q0","samples":[{"answer":"1"}]}\n')}`];
      expect(await refusal(stage, ...elicitor("p-true"), ...replay)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/answers nothing new/),
      });
    }));

  it("a budget is refused where the judge has no price", () =>
    onStage({}, async (stage) => {
      const ended = await refusal(
        stage,
        ...[
          "--set",
          "confidence.elicitor=verbal-scale",
          "--budget",
          "1",
          "--set",
          "confidence.elicitor=linguistic-judge",
        ],
        ...["--judge", "openai:judge-model"],
      );
      expect(ended).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/price of openai:judge-model is not known/),
      });
    }));

  const asking = Object.keys(words) as (keyof typeof words)[];
  it.each(asking)("the worst case holds what %s may cost", (elicitor) =>
    onStage(
      {
        behaviour: {
          default: { format: "letter" },
          questions: says(words[elicitor], {
            "A long reply that takes all the tokens that it is given, one by one": 1,
          }),
        },
        questions: choices,
        price: { input: 0.15, output: 0.6 },
      },
      async (stage) => {
        const dry = await stage.run(...policy(stage, elicitor, "--dry-run"));
        const { worstCaseUsd, followUps } = JSON.parse(dry.stdout) as {
          worstCaseUsd: number;
          followUps: { callsPerSample: number };
        };
        expect(followUps.callsPerSample).toBe(elicitor === "fidelity" ? 3 : 1);
        expect(stage.server.journal().requests).toBe(0);
        await stage.run(...policy(stage, elicitor));
        const calls = stage.server.entries().filter(({ key }) => key !== undefined).length;
        expect(calls).toBeGreaterThan(0);
        expect(stage.server.journal().usd).toBeLessThanOrEqual(worstCaseUsd);
      },
    ),
  );
});

describe("scoring endpoints", () => {
  it.each(["vllm", "vllm-completions", "sglang", "llama-server"])("%s brings the confidence token", (scoring) =>
    onStage(
      {
        behaviour: { questions: [{ key: "ANSWER: ", answers: [{ answer: "<CNF>", probability: 0.37 }] }] },
        questions: 2,
      },
      async (stage) => {
        const ended = await stage.run(
          ...[
            "--policy",
            "grace-sc",
            "--max-samples",
            "2",
            "--scoring",
            scoring,
            "--template",
            stage.file("t.txt", "{{question}} Say it."),
          ],
        );
        expect(ended).toMatchObject({ code: 0 });
        const voting = (await samplesIn(stage.out)).filter(({ extraction }) => extraction.kind === "answer");
        for (const { signals } of voting) expect(signals["special-token"]).toBeCloseTo(0.37, 6);
        await stage.expectHonestMoney();
      },
    ),
  );

  it("a surrogate says how likely it finds the answer", () =>
    onStage(
      {
        behaviour: {
          questions: [
            {
              key: "[#",
              model: "judge-model",
              answers: [
                { answer: "B", probability: 0.4 },
                { answer: "A", probability: 0.1 },
              ],
            },
          ],
          default: { answers: [{ answer: "B", probability: 1 }] },
        },
        questions: choices,
      },
      async (stage) => {
        const ended = await stage.run(...policy(stage, "surrogate", "--judge-scoring", "vllm"));
        expect(ended).toMatchObject({ code: 0 });
        for (const { signals } of await samplesIn(stage.out)) expect(signals.surrogate).toBeCloseTo(0.8, 6);
      },
    ));

  it("ends the run where the server has no such endpoint", () =>
    onStage({ questions: 2 }, async (stage) => {
      const judge = [
        "--judge",
        "openai:judge-model",
        "--judge-base-url",
        `${stage.server.url.replace("/v1", "/elsewhere/v1")}`,
      ];
      const ended = await stage.run(
        ...[
          "--policy",
          "sc",
          "--max-samples",
          "2",
          "--set",
          "confidence.elicitor=surrogate",
          "--judge-scoring",
          "vllm",
          ...judge,
        ],
      );
      expect(ended).toMatchObject({
        code: expect.any(Number),
        stderr: expect.stringMatching(/judge-model answers no request/),
      });
      expect(ended.code).not.toBe(0);
    }));
});
