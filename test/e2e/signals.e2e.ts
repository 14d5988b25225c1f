import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sample } from "@quorate/core";
import type { LlmServerOptions } from "@quorate/llm-server";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { onStage, type Stage, type StageOptions } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

const samplesOf = (out: string): Sample[] =>
  jsonLines<{ readonly sample?: Sample }>(join(out, "samples.jsonl")).flatMap(({ sample }) => sample ?? []);

const reading = (elicitor: string, ...more: string[]): string[] => [
  ...["--policy", "sc", "--max-samples", "4", "--set", `confidence.elicitor=${elicitor}`, ...more],
];
const raw = ["--set", 'confidence={"elicitor":"group-lowest","calibrator":{"form":"raw"},"window":16}'];

const choiceQuestions = JSON.stringify({
  id: "q0",
  question: "[#0#] Which?",
  kind: "choice",
  options: ["one", "two", "three", "four"],
  gold: "A",
});
const abcd = [
  { answer: "A", probability: 0.6 },
  { answer: "B", probability: 0.3 },
  { answer: "C", probability: 0.1 },
];

/** What the server was asked for, by the bodies that it kept. */
function asked({ server }: Stage): { readonly logprobs: unknown; readonly top: unknown }[] {
  return server.entries().map(({ request }) => {
    const body = request?.body as { readonly logprobs?: unknown; readonly top_logprobs?: unknown };
    return { logprobs: body.logprobs, top: body.top_logprobs };
  });
}

const withUnmeasured = (stdout: string) =>
  (JSON.parse(stdout) as { readonly unmeasured?: { readonly votes: number; readonly of: number } }).unmeasured;

describe("signals that come with the samples", () => {
  const stage = (options: StageOptions, body: (stage: Stage) => Promise<void>) =>
    onStage({ questions: 1, keepRequests: true, ...options }, body);

  it.each([
    { limit: 20, asks: [20, 20, 20, 20] },
    { limit: 5, asks: [20, 20, 20, 20, 5, 5, 5, 5] },
  ])("DeepConf reads the likeliest $limit tokens that a server gives", ({ limit, asks }) =>
    stage({ maxTopLogprobs: limit }, async (place) => {
      const { code, stdout } = await place.run("--policy", "sc", "--max-samples", "4", ...raw);
      expect(code).toBe(0);
      // In flight together, so that they arrive in any order.
      expect(
        asked(place)
          .map(({ top }) => Number(top))
          .sort((a, b) => b - a),
      ).toEqual(asks);
      expect(withUnmeasured(stdout)).toBeUndefined();
      const samples = samplesOf(place.out);
      for (const { signals, tokens } of samples) {
        expect(signals["group-lowest@16"]).toBeGreaterThan(Math.log(limit));
        expect(tokens).toBeUndefined();
      }
      await place.expectHonestMoney();
    }),
  );

  it("DeepConf runs as its preset, and its recording replays without tokens to the same decision", () =>
    stage({ questions: 2 }, async (place) => {
      const options = ["--policy", "deepconf-low", "--set", "confidence.window=16", "--max-samples", "24"];
      expect((await place.run(...options)).code).toBe(0);
      const [first] = place.decisions();
      expect(first).not.toHaveProperty("confidence");
      const recording = join(place.out, "samples.jsonl");
      expect(readFileSync(recording, "utf8")).not.toContain('"top"');
      const again = join(place.path, "again");
      const replayed = await quorate(["run", "--model", `replay:${recording}`, "--out", again, ...options]);
      expect(replayed.code).toBe(0);
      const comparable = (out?: string) =>
        place.decisions(out).map(({ id, answer, votes, reason }) => ({ id, answer, votes, reason }));
      expect(comparable(again)).toEqual(comparable());
      // Another window is another signal, which this recording does not bring.
      const wider = await quorate([
        ...["run", "--model", `replay:${recording}`, "--out", join(place.path, "wider")],
        ...["--policy", "deepconf-low", "--set", "confidence.window=32"],
      ]);
      expect(wider.code).not.toBe(0);
      expect(wider.stderr).toMatch(/group-lowest@32.*does not bring/s);
    }));

  it("the internal confidence comes with a distribution over the options, for asc-d to read", () =>
    stage(
      { questions: choiceQuestions, behaviour: { default: { answers: abcd, format: "letter" } } },
      async (place) => {
        const stop = '{"rule":"asc-d","answers":4}';
        const { code } = await place.run(...reading("internal", "--set", `stop=${stop}`, "--max-samples", "64"));
        expect(code).toBe(0);
        const samples = samplesOf(place.out);
        for (const { signals, distribution = [], extraction } of samples) {
          const own = abcd.find(({ answer }) => extraction.kind === "answer" && answer === extraction.answer)!;
          expect(signals.internal).toBeCloseTo(own.probability, 3);
          expect(distribution.map(({ answer }) => answer)).toEqual(["A", "B", "C"]);
        }
        const [decision] = place.decisions();
        expect(decision).toMatchObject({ answer: "A", reason: "asc-d", certificate: "anytime" });
        // By votes alone it takes far more than by what each sample shows.
        expect(decision!.sampleCount).toBeLessThan(40);
      },
    ));

  const unmeasurable: readonly (readonly [string, Partial<LlmServerOptions>, object])[] = [
    ["missing", { faults: [{ kind: "missing-logprobs" }] }, {}],
    ["censored", { faults: [{ kind: "censored-logprobs" }] }, { "mean-token-probability": "censored" }],
  ];

  it.each(unmeasurable)("log-probabilities that are %s are counted, and never a number", (_, options, signals) =>
    stage(options, async (place) => {
      const { code, stdout } = await place.run(...reading("mean-token-probability"));
      expect(code).toBe(0);
      for (const sample of samplesOf(place.out)) expect(sample.signals).toMatchObject(signals);
      expect(withUnmeasured(stdout)).toEqual({ votes: 4, of: 4 });
      expect(place.decisions()[0]).toMatchObject({ unmeasured: 4, sampleCount: 4 });
      const shown = await quorate(["show", place.out]);
      expect(shown.stdout).toMatch(/unmeasured +4 of 4 votes have no confidence \(100/);
    }),
  );

  it("a few censored tokens leave a mean, and none of the answer's own", () =>
    stage({ faults: [{ kind: "censored-logprobs", share: 0.05 }] }, async (place) => {
      expect((await place.run(...reading("mean-token-probability"))).code).toBe(0);
      for (const { signals } of samplesOf(place.out)) expect(signals["mean-token-probability"]).toBeGreaterThan(0);
    }));

  const says = (text: string): LlmServerOptions["behaviour"] => ({
    default: { text, answers: [{ answer: "7", probability: 1 }] },
  });

  it("a stated confidence is asked for, read, and never taken for the answer", () =>
    stage({ behaviour: says("{thoughts} That makes {answer}.\nCONFIDENCE: {confidence}") }, async (place) => {
      const { code, stdout } = await place.run(...reading("verbal-numeric"));
      expect(code).toBe(0);
      expect(withUnmeasured(stdout)).toBeUndefined();
      expect(place.decisions()[0]).toMatchObject({ answer: "7", support: 1 });
      for (const { signals, text = "" } of samplesOf(place.out)) {
        expect(signals["verbal-numeric"]).toBe(Number(/CONFIDENCE: (\d+)$/.exec(text)![1]) / 100);
      }
      const [entry] = place.server.entries();
      expect(JSON.stringify(entry?.request?.body)).toContain("CONFIDENCE: <0 to 100>");
      expect(asked(place).every(({ logprobs }) => logprobs === undefined)).toBe(true);
    }));

  it("a label that never comes is told in the summary", () =>
    stage({ behaviour: says("{thoughts}\nANSWER: {answer}") }, async (place) => {
      const { code, stdout } = await place.run(...reading("verbal-numeric"));
      expect(code).toBe(0);
      expect(withUnmeasured(stdout)).toEqual({ votes: 4, of: 4 });
    }));

  it("replies that were cut off abstain, and what they showed is no vote without a confidence", () =>
    stage({ behaviour: { default: { tokens: { median: 60, sigma: 0 } } } }, async (place) => {
      const { stdout } = await place.run(
        ...reading("group-mean", "--set", "confidence.calibrator.form=raw", "--max-tokens", "20"),
      );
      expect(place.decisions()[0]).toMatchObject({ answer: null, reason: "no-votes" });
      expect(withUnmeasured(stdout)).toBeUndefined();
      for (const { finishReason, signals } of samplesOf(place.out)) {
        expect(finishReason).toBe("length");
        expect(signals["group-mean"]).toBeGreaterThan(0);
      }
    }));

  it("is refused before a request leaves where the model cannot give it, with what it gives", () =>
    onStage({ questions: 1 }, async (place) => {
      const out = join(place.path, "refused");
      const file = join(place.path, "questions.jsonl");
      const { code, stderr } = await quorate(
        ["run", file, "--model", "openai:o3", "--policy", "deepconf-low", "--out", out],
        { OPENAI_API_KEY: "none" },
      );
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/takes at least 5 of the likeliest tokens.*openai:o3 does not bring.*verbal-numeric/s);
    }));

  it("are measured in a recording that kept its texts and tokens, for other policies than its own", () =>
    stage({ questions: 2 }, async (place) => {
      const kept = ["--policy", "sc", "--max-samples", "16", "--top-logprobs", "5"];
      expect((await place.run(...kept)).code).toBe(0);
      expect(asked(place)[0]).toEqual({ logprobs: true, top: 5 });
      const recording = join(place.out, "samples.jsonl");
      const policy = join(place.path, "low.json");
      const confidence = { elicitor: "group-tail", window: 8, calibrator: { form: "raw" } };
      const weighting = { form: "borda" };
      writeFileSync(policy, JSON.stringify({ name: "tail", confidence, weighting, stop: { rule: "fixed" } }));
      const evaluated = await quorate(["eval", recording, "--policies", `sc,${policy}`, "--max-samples", "16"]);
      expect({ code: evaluated.code, stderr: evaluated.stderr }).toMatchObject({ code: 0 });
      expect(evaluated.stdout).toMatch(/\btail\b/);
      expect(evaluated.stdout).not.toMatch(/skipped/);
    }));
});
