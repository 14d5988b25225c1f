import { join } from "node:path";
import { readRunFile } from "@quorate/runs";
import { describe, expect, it } from "vitest";
import { onStage, summaryIn } from "./support/stage.ts";

interface ValueRule {
  readonly rule: string;
  readonly answerUsd: number;
  readonly sampleUsd: number;
}

const rulesIn = (out: string): readonly ValueRule[] =>
  (readRunFile(join(out, "run.json"))?.identity.policy.stop.rules ?? []) as readonly ValueRule[];

describe("--value", () => {
  it("enters the policy with the price of a sample, and the same command goes on", () =>
    onStage({ questions: 12 }, async (stage) => {
      expect((await stage.run("--value", "0.01", "--limit", "12")).code).toBe(0);
      const value = rulesIn(stage.out).find(({ rule }) => rule === "value");
      expect(value?.answerUsd).toBe(0.01);
      // About 300 tokens at 0.6 dollars a million, and a prompt.
      expect(value?.sampleUsd).toBeGreaterThan(300 * 0.6e-6);
      expect(value?.sampleUsd).toBeLessThan(360 * 0.6e-6);
      // Limits may change in place without a change of the price that entered the policy.
      expect((await stage.run("--value", "0.01", "--limit", "12", "--max-tokens", "200")).code).toBe(0);
      expect((await stage.run("--value", "0.02", "--limit", "12")).stderr).toMatch(/answerUsd 0.01 → 0.02/);
    }));

  it("buys fewer samples for answers that are worth less", () =>
    onStage({ questions: 20, seed: 3 }, async (stage) => {
      const samples: number[] = [];
      for (const usd of ["0.0002", "0.01", "5"]) {
        const out = join(stage.path, usd);
        samples.push(summaryIn(await stage.run("--value", usd, "--policy", "sc", "--out", out)).meanSamples!);
      }
      // An abstention gives nothing to stop with.
      expect(samples[0]).toBeLessThan(1.2);
      expect(samples[1]).toBeGreaterThan(samples[0]!);
      expect(samples[2]).toBeGreaterThan(samples[1]!);
      expect(samples[2]).toBeLessThan(16);
    }));

  it("takes a --set of its other prices", () =>
    onStage({}, async (stage) => {
      const more = ["--set", "stop.value.secondUsd=0.001", "--set", "stop.value.roundSeconds=4"];
      expect((await stage.run("--value", "0.01", ...more)).code).toBe(0);
      expect(rulesIn(stage.out)).toContainEqual(expect.objectContaining({ secondUsd: 0.001, roundSeconds: 4 }));
    }));

  it("is refused where the price is not known, before anything is sent", () =>
    onStage({}, async (stage) => {
      const unpriced = ["--prices", stage.file("none.json", "{}")];
      expect(await stage.run("--value", "1", ...unpriced)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/price of openai:fake-model is not known.*--prices/),
      });
      const named = { name: "named", stop: { rule: "value", answerUsd: 1, sampleUsd: 0.01 } };
      const policy = ["--policy", stage.file("named.json", JSON.stringify(named))];
      expect(stage.server.journal().requests).toBe(0);
      expect((await stage.run("--value", "1", ...policy, ...unpriced)).code).toBe(0);
      expect((await stage.run("--value", "0")).stderr).toMatch(/answerUsd/);
    }));
});
