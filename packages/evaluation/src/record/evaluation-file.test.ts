import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { presetNamed } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluatePolicies } from "../replay/evaluate-policies.ts";
import { evaluationFileText, parseEvaluationFile } from "./evaluation-file.ts";
import { evaluationJson } from "./evaluation-json.ts";
import { fileDigest } from "./file-digest.ts";

const usage = { inputTokens: 10, outputTokens: 20 };
const recorded = recordedQuestion("q", "AABAAA-A", { gold: "A", group: "g" });
const costly = { ...recorded, samples: recorded.samples.map((sample) => ({ ...sample, usage, latencyMs: 30 })) };

const everything = () =>
  evaluatePolicies({
    trace: traceOf([costly, recordedQuestion("r", "ABBA"), recordedQuestion("s", "CCCC", { gold: "D" })]),
    policies: ["sc", "asc", "quorate", "cisc"].map(presetNamed),
    maxSamples: 8,
    permutations: 5,
    seed: 1,
    samplesPerRequest: 4,
    matched: true,
    latency: { kind: "measured" },
    priced: {
      model: "test:model",
      price: { inputUsdPerMillion: 1, outputUsdPerMillion: 2, source: "test", date: "2026-11-22" },
    },
    digest: "ab12",
  });

describe("the file of an evaluation", () => {
  it("reads back as it was written, with all that a report needs", async () => {
    const evaluation = await everything();
    const text = evaluationFileText([evaluation, evaluation]);
    const file = parseEvaluationFile(text, "out.json");
    expect(file).toEqual({
      quorate: "evaluation",
      version: 1,
      evaluations: [evaluationJson(evaluation), evaluationJson(evaluation)],
    });
    const [first] = file.evaluations;
    expect(first).toMatchObject({ digest: "ab12", seed: 1, samplesPerRequest: 4, baseline: "sc", graded: 2 });
    expect(first!.policies[1]).toMatchObject({ definition: presetNamed("asc"), versusBaseline: { samples: {} } });
    for (const key of ["outputTokens", "inputTokens", "outputUsd", "totalUsd", "seconds", "samplesHistogram"]) {
      expect(first!.policies[1]).toHaveProperty(key);
    }
    expect(first!.curves).toHaveLength(2);
    expect(first!.hardest).toHaveLength(3);
    expect(first!.skipped).toMatchObject([{ policy: "cisc" }]);
    expect(evaluationFileText([await everything(), evaluation])).toBe(text);
  });

  it("names what is wrong with a file that it cannot read", async () => {
    const text = evaluationFileText([await everything()]);
    expect(() => parseEvaluationFile("{", "x.json")).toThrow(/x\.json is not valid JSON/);
    expect(() => parseEvaluationFile(text.replace('"version": 1', '"version": 2'), "x.json")).toThrow(
      /x\.json is wrong at version.*this version knows version 1/,
    );
    expect(() => parseEvaluationFile(text.replace('"agreement": 1', '"agreement": 2'), "x.json")).toThrow(
      /x\.json is wrong at evaluations\.0\.policies\.0\.agreement/,
    );
  });

  it("takes keys that a later version adds", async () => {
    const later = evaluationFileText([await everything()]).replace('"graded"', '"added": 1, "graded"');
    expect(parseEvaluationFile(later, "x.json").evaluations[0]).toEqual(evaluationJson(await everything()));
  });
});

describe("fileDigest", () => {
  it("is the SHA-256 of the file as it lies there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "quorate-digest-"));
    try {
      writeFileSync(join(folder, "plain"), "abc");
      writeFileSync(join(folder, "packed"), gzipSync("abc"));
      // FIPS 180-2, appendix B.1.
      expect(await fileDigest(join(folder, "plain"))).toBe(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      );
      expect(await fileDigest(join(folder, "packed"))).not.toBe(await fileDigest(join(folder, "plain")));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
