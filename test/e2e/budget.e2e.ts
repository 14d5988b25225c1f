import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { onStage } from "./support/stage.ts";

const faults = [
  { kind: "reset-mid-body", probability: 0.1 },
  { kind: "reset-before-headers", probability: 0.05 },
  { kind: "missing-usage", probability: 0.1 },
  { kind: "rate-limit-tokens", probability: 0.05, retryAfterMs: 5 },
  { kind: "hang", probability: 0.03 },
] as const;

describe("a budget", () => {
  it.each([
    { seed: 1, budget: 0.0004, perRequest: 1 },
    { seed: 2, budget: 0.002, perRequest: 1 },
    { seed: 3, budget: 0.003, perRequest: 4 },
    { seed: 4, budget: 0.01, perRequest: 4 },
  ])("of $budget dollars is kept with faults (seed $seed, n up to $perRequest)", ({ seed, budget, perRequest }) =>
    onStage({ questions: 10, seed, faults: [...faults] }, async (stage) => {
      const { code } = await stage.run(
        ...["--budget", String(budget), "--max-samples", "6", "--policy", "sc", "--timeout", "700ms"],
        ...["--samples-per-request", String(perRequest), "--concurrency", "6", "--seed", String(seed)],
      );
      expect(code).toBeOneOf([0, 3]);
      await stage.expectHonestMoney(budget);
    }),
  );

  it("of nothing sends nothing", () =>
    onStage({}, async (stage) => {
      expect(await stage.run("--budget", "0")).toMatchObject({ code: 3 });
      expect(stage.server.journal().requests).toBe(0);
    }));

  it("is refused before any request where the worst case is not known", () =>
    onStage({}, async (stage) => {
      const { url } = stage.server;
      const unpriced = ["--budget", "1", "--prices", stage.file("none.json", "{}")];
      expect(await stage.run(...unpriced)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/price of openai:fake-model is not known.*--prices/),
      });
      const unlimited = await quorate([
        "run",
        `${stage.path}/questions.jsonl`,
        "--model",
        "openai:fake-model",
        "--base-url",
        url,
        "--budget",
        "1",
        "--out",
        stage.out,
      ]);
      expect(unlimited).toMatchObject({ code: 2, stderr: expect.stringMatching(/--budget needs --max-tokens/) });
      expect(stage.server.journal().requests).toBe(0);
      expect(existsSync(stage.out)).toBe(false);
    }));
});
