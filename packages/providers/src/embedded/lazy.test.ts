import { expect, it, vi } from "vitest";
import { collectOutcomes, testContext, testRequest } from "../testing.ts";
import { randomModelFile } from "./__fixtures__/random-model.ts";

vi.mock("node-llama-cpp", () => {
  throw new Error("nobody installed it");
});

it("needs node-llama-cpp for samples only, and says how to get it", async () => {
  const { providerFromSpec } = await import("../index.ts");
  const provider = await providerFromSpec(`embedded:${randomModelFile()}`);
  expect(provider.prompting).toBeDefined();
  expect(provider.worstCaseUsd(testRequest(), 3)).toBe(0);
  const outcomes = await collectOutcomes(provider, testRequest(), [0, 1], testContext());
  for (const { outcome } of outcomes) {
    expect(outcome).toMatchObject({
      kind: "failed",
      forAll: true,
      detail: expect.stringMatching(/node-llama-cpp, which cannot be loaded/),
      hint: expect.stringContaining("npm install node-llama-cpp"),
    });
  }
  await provider.close();
});
