import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DecisionConfidence, Policy } from "@quorate/core";
import type { DecisionLine } from "@quorate/runs";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { jsonLines, makeWorkplace } from "./support/workplace.ts";

const traces = fileURLToPath(new URL("../../packages/embedded-model/traces/", import.meta.url));
const [calibration, test] = [join(traces, "calibration.jsonl.gz"), join(traces, "test.jsonl.gz")];

type Place = ReturnType<typeof makeWorkplace>;

async function inPlace(body: (place: Place, run: (...args: string[]) => ReturnType<typeof quorate>) => Promise<void>) {
  const place = makeWorkplace();
  try {
    await body(place, (...args) => quorate(args, {}, place.path));
  } finally {
    place.remove();
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("quorate calibrate", () => {
  it("writes a calibrator of samples that a run takes, shown raw and calibrated", () =>
    inPlace(async (place, run) => {
      const out = join(place.path, "platt.json");
      const fitted = await run("calibrate", calibration, "--signal", "confidence", "--method", "platt", "--out", out);
      expect(fitted).toMatchObject({ code: 0, stderr: "" });
      for (const words of ["before", "after", "ECE", "AUROC", "1000 questions", `--calibrator ${out}`]) {
        expect(fitted.stdout).toContain(words);
      }
      const document = JSON.parse(readFileSync(out, "utf8"));
      expect(document).toMatchObject({
        version: 1,
        method: "platt",
        signal: "recorded",
        calibrator: { form: "platt" },
      });

      const sampling = ["--model", `replay:${test}`, "--limit", "40", "--max-samples", "8", "--policy", "asc"];
      const ran = await run("run", ...sampling, "--calibrator", out, "--out", "run");
      expect(ran).toMatchObject({ code: 0 });
      const kept = JSON.parse(readFileSync(join(place.path, "run", "run.json"), "utf8"));
      expect(kept.identity.policy.confidence).toEqual({ elicitor: "recorded", calibrator: document.calibrator });
      const shown = JSON.parse((await run("show", "run", "test-1-00000", "--json")).stdout);
      const { slope, intercept } = document.calibrator as { slope: number; intercept: number };
      for (const { signals, confidence } of shown.samples) {
        const logit = Math.log(signals.recorded / (1 - signals.recorded));
        expect(confidence).toBeCloseTo(1 / (1 + Math.exp(-slope * logit - intercept)), 9);
      }
      const told = await run("show", "run", "test-1-00000");
      expect(told.stdout).toMatch(/recorded 0\.\d{3}.*, confidence 0\.\d{3}/);
    }));

  it("writes a confidence of decisions that is right as often as it says, and abstains by it", () =>
    inPlace(async (place, run) => {
      const args = ["--policy", "asc", "--max-samples", "16"];
      const files = ["--out", "decisions.json", "--policy-out", "policy.json"];
      const fitted = await run("calibrate", calibration, "--decision", ...args, ...files, "--json");
      expect(fitted).toMatchObject({ code: 0, stderr: "" });
      const told = JSON.parse(fitted.stdout);
      expect(told.crossValidated.ece).toBeLessThan(told.support.ece);
      const document = JSON.parse(readFileSync(join(place.path, "decisions.json"), "utf8")) as DecisionConfidence;
      const policy = JSON.parse(readFileSync(join(place.path, "policy.json"), "utf8")) as Policy;
      expect(policy.decisionConfidence).toEqual(document);
      expect(document.fittedFor).toEqual({ policy: "asc", maxSamples: 16 });

      const model = ["--model", `replay:${test}`, "--max-samples", "16"];
      const decisions = (name: string) => jsonLines<DecisionLine>(join(place.path, name, "decisions.jsonl"));
      const ran = await run("run", ...model, "--policy", "policy.json", "--out", "one");
      expect(ran).toMatchObject({ code: 0, stderr: "" });
      const answered = decisions("one").filter(({ answer }) => answer !== null);
      const gap = mean(answered.map(({ confidence }) => confidence!)) - mean(answered.map(({ correct }) => +correct!));
      expect(Math.abs(gap)).toBeLessThan(0.05);

      const withFile = [...model, "--policy", "asc", "--calibrator", "decisions.json", "--abstain-below", "0.5"];
      const abstaining = await run("run", ...withFile, "--out", "two", "--json");
      expect(abstaining).toMatchObject({ code: 0, stderr: "" });
      const both = decisions("two");
      expect(both.map(({ confidence }) => confidence)).toEqual(decisions("one").map(({ confidence }) => confidence));
      expect(both.every(({ abstained, confidence }) => (abstained === true) === confidence! < 0.5)).toBe(true);
      const summary = JSON.parse(abstaining.stdout);
      expect(summary.abstained.questions).toBe(both.filter(({ abstained }) => abstained).length);
      expect(summary.abstained.accuracyOfOthers).toBeGreaterThan(summary.accuracy);
      expect((await run("show", "two")).stdout).toMatch(/kept back +\d+ answers/);

      const other = await run(
        "run",
        ...model,
        ...["--policy", "policy.json", "--set", "stop.level=0.8", "--out", "three"],
      );
      expect(other.stderr).toMatch(/warning: asc knew how often its decisions are right; --value, --set/);
      expect(decisions("three")[0]).not.toHaveProperty("confidence");
      const sc = await run("run", ...model, ...["--policy", "sc", "--calibrator", "decisions.json", "--out", "four"]);
      expect(sc.stderr).toMatch(/was fitted to decisions of asc, and this is sc/);
    }));

  it.each([
    [[], /one of --signal NAME, --decision, --unsupervised daca/],
    [["--signal", "confidence", "--decision"], /What is to be calibrated/],
    [["--signal", "vibes"], /no elicitor "vibes"/],
    [["--signal", "special-token"], /has no special-token/],
    [["--signal", "confidence", "--method", "wishes"], /--method.*beta, histogram, isotonic, platt, temperature/],
    [["--decision", "--policy", "asc"], /needs --policy and --max-samples/],
    [["--decision", "--policy", "asc", "--max-samples", "33"], /1,000 questions have fewer than 33 samples/],
    [["--unsupervised", "daca"], /needs --reference/],
    [["--unsupervised", "daca", "--reference", test], /too little data/],
  ])("refuses %j with exit code 2 and writes nothing", (more, message) =>
    inPlace(async (place, run) => {
      const refused = await run("calibrate", calibration, ...more, "--out", "fit.json");
      expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
      expect(existsSync(join(place.path, "fit.json"))).toBe(false);
    }),
  );

  it("refuses too little data", () =>
    inPlace(async (place, run) => {
      const line = (i: number) =>
        JSON.stringify({ id: `q${i}`, gold: "A", samples: [{ answer: i % 3 ? "A" : "B", confidence: 0.5 }] });
      const few = place.file("few.jsonl", Array.from({ length: 30 }, (_, i) => line(i)).join("\n"));
      const refused = await run("calibrate", few, "--signal", "confidence");
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/too little data.*20 right and 20 wrong/),
      });
      const decision = await run("calibrate", few, "--decision", "--policy", "sc", "--max-samples", "1");
      expect(decision).toMatchObject({ code: 2, stderr: expect.stringMatching(/too (little data|few groups)/) });
    }));
});

describe("quorate eval --cascade", () => {
  it("says where escalating and abstaining pay, over recordings of the same questions", () =>
    inPlace(async (_, run) => {
      for (const policy of ["asc", "sc"]) {
        const fit = ["--decision", "--policy", policy, "--max-samples", "8", "--permutations", "2"];
        await run("calibrate", calibration, ...fit, "--policy-out", `${policy}.json`);
      }
      const cascade = ["eval", test, "--cascade", test, "--policies", "asc.json,sc.json", "--max-samples", "8"];
      const told = await run(...cascade, "--permutations", "2");
      expect(told).toMatchObject({ code: 0, stderr: "" });
      for (const words of ["escalate below", "abstain: never", "2 alone", "always"])
        expect(told.stdout).toContain(words);
      const one = await run(...cascade, "--permutations", "2", "--escalate-below", "0.9", "--json");
      const { escalating, stages, questions } = JSON.parse(one.stdout);
      expect([questions, stages.length, escalating.length]).toEqual([1000, 2, 1]);
      expect(escalating[0]).toMatchObject({ below: 0.9, reached: [1, expect.any(Number)] });
      expect(escalating[0].reached[1]).toBeLessThan(1);
      for (const [more, message] of [
        [["--policies", "asc"], /"asc" does not know how likely its decisions are right/],
        [["--policies", "asc.json,sc.json,asc.json"], /names 3, and the cascade has 2 stages/],
        [["--matched"], /--cascade and --matched do not go together/],
      ] as const) {
        expect(await run(...cascade, ...more)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
      }
      expect((await run("eval", test, "--escalate-below", "0.5")).stderr).toMatch(/needs --cascade/);
    }));
});
