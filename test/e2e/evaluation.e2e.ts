import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EvaluationJson, parseEvaluationFile } from "@quorate/evaluation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { makeWorkplace } from "./support/workplace.ts";

const place = makeWorkplace();

/** From unanimous to even; samples of 100 to 800 tokens. */
const trace = Array.from({ length: 12 }, (_, number) => {
  const samples = Array.from({ length: 8 }, (_unused, i) => ({
    answer: (i * 5 + number) % 12 < number ? "B" : "A",
    tokens: 100 * (i + 1),
  }));
  return JSON.stringify({ id: `q${number}`, gold: "A", group: `g${number % 4}`, samples });
}).join("\n");

beforeAll(() => {
  place.file("trace.jsonl", `${trace}\n`);
  place.file("nameless.jsonl", '{"id":"a","samples":[{"answer":"A"},{"answer":null},{"answer":"A"}]}\n');
  place.file("prices.json", JSON.stringify({ mine: { inputUsdPerMillion: 1, outputUsdPerMillion: 4 } }));
});
afterAll(() => place.remove());

const evaluate = (...args: string[]) =>
  quorate(["eval", ...args, "--max-samples", "8", "--permutations", "5", "--policies", "sc,asc,lead"], {}, place.path);

describe("quorate eval", () => {
  it("compares policies at equal agreement and keeps everything in a file", async () => {
    const more = ["--matched", "--price-model", "test:mine", "--prices", "prices.json", "--latency", "lognormal:4,0.5"];
    const { code, stdout, stderr } = await evaluate("trace.jsonl", ...more, "--out", "kept.json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const words of [
      /trace\.jsonl: 12 questions, up to 8 samples each, 5 permutations/,
      /policy +accuracy +95 % interval +agreement +samples/,
      /lead stopped by lead/,
      /a question, prices of test:mine:\npolicy +output tokens +output cost +time/,
      /against sc, paired, with 95 % intervals:/,
      /at 98 % +at 99 % +at 99\.5 % +at 99\.9 % +at full accuracy\n/,
      /asc +stop\.level/,
      /nothing to sweep: sc/,
      /note: the prompts have no token counts: dollars are for output tokens alone/,
    ]) {
      expect(stdout).toMatch(words);
    }

    const text = readFileSync(join(place.path, "kept.json"), "utf8");
    const { evaluations } = parseEvaluationFile(text, "kept.json");
    expect(evaluations).toHaveLength(1);
    const [kept] = evaluations as [EvaluationJson];
    expect(kept).toMatchObject({
      file: "trace.jsonl",
      digest: createHash("sha256").update(`${trace}\n`).digest("hex"),
      seed: 1,
      baseline: "sc",
      latency: { kind: "lognormal", medianSeconds: 4, sigma: 0.5 },
      priced: { model: "test:mine", price: { outputUsdPerMillion: 4, source: "override" } },
      fullVote: { meanSamples: 8 },
    });
    // All eight samples have 3,600 tokens, in whatever order.
    expect(kept.policies[0]).toMatchObject({ policy: "sc", outputTokens: { mean: 3600, questions: 12 } });
    expect(kept.policies[0]!.outputUsd!.mean).toBeCloseTo(0.0144, 12);
    expect(kept.policies[1]!.versusBaseline!.samples.difference).toBeLessThan(0);
    expect(kept.curves!.map(({ policy, points }) => [policy, points.length > 5])).toEqual([
      ["asc", true],
      ["lead", true],
    ]);
    expect(kept.hardest).toHaveLength(12);
    expect(readdirSync(place.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);

    // The same command gives the same file, and --json prints what the file keeps.
    const again = await evaluate("trace.jsonl", ...more, "--out", "again.json", "--json");
    expect(readFileSync(join(place.path, "again.json"), "utf8")).toBe(text);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(text).evaluations[0]);
  });

  it("keeps several traces in one file, and says what each of them lacks", async () => {
    const args = ["trace.jsonl", "nameless.jsonl", "--latency", "measured", "--price-model", "openai:no-such-model"];
    const { code, stdout, stderr } = await evaluate(...args, "--baseline", "lead", "--out", "both.json", "--json");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: .*openai:no-such-model is not known.*--prices FILE/);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
    const { evaluations } = parseEvaluationFile(readFileSync(join(place.path, "both.json"), "utf8"), "both.json");
    expect(evaluations.map(({ file, baseline }) => [file, baseline])).toEqual([
      ["trace.jsonl", "lead"],
      ["nameless.jsonl", "lead"],
    ]);
    expect(evaluations[1]!.notes).toEqual([
      "1 of 1 questions have fewer than 8 samples (the fewest: 3); their full vote is all they have",
      "no question has a gold answer, so there is no accuracy",
      "the price of openai:no-such-model is not known, so there are no dollars",
      "the samples have no latencies, so there is no time",
    ]);
    for (const absent of ["accuracy", "outputTokens", "outputUsd", "totalUsd", "seconds"]) {
      expect(evaluations[1]!.policies[0]).not.toHaveProperty(absent);
    }
  });
});
