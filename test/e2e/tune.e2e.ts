import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Policy } from "@quorate/core";
import { seededRandom } from "@quorate/providers";
import type { DecisionLine } from "@quorate/runs";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { jsonLines, makeWorkplace } from "./support/workplace.ts";

const clarities = [1, 1, 0.95, 0.9, 0.8, 0.6];

/** A compact trace of questions that are each of another clarity. */
function recorded(count: number, samples: number, seed: number): string {
  const random = seededRandom("tune", seed);
  return Array.from({ length: count }, (_, i) => {
    const clarity = clarities[Math.floor(random() * clarities.length)]!;
    const votes = Array.from({ length: samples }, () => ({ answer: random() < clarity ? "A" : "B" }));
    return JSON.stringify({ id: `q${i}`, gold: "A", samples: votes });
  }).join("\n");
}

type Place = ReturnType<typeof makeWorkplace>;

async function inPlace(body: (place: Place, tune: (...more: string[]) => ReturnType<typeof quorate>) => Promise<void>) {
  const place = makeWorkplace();
  const trace = place.file("trace.jsonl", recorded(400, 12, 1));
  const base = ["tune", trace, "--policy", "quorate", "--risk", "disagreement", "--max-samples", "12"];
  try {
    await body(place, (...more) =>
      quorate([...base, "--out", join(place.path, "tuned.json"), ...more], {}, place.path),
    );
  } finally {
    place.remove();
  }
}

const ltt = ["--epsilon", "5%", "--delta", "0.1"];

describe("quorate tune", () => {
  it("writes a policy whose decisions carry what it promises, within ε of the full vote", () =>
    inPlace(async (place, tune) => {
      const tuned = await tune(...ltt);
      expect(tuned).toMatchObject({ code: 0, stderr: "" });
      for (const words of ["quorate-tuned: stop.horizon.level", "With 90 % confidence", "chosen", "as it was"]) {
        expect(tuned.stdout).toContain(words);
      }
      const file = join(place.path, "tuned.json");
      const policy = JSON.parse(readFileSync(file, "utf8")) as Policy;
      const digest = createHash("sha256")
        .update(readFileSync(join(place.path, "trace.jsonl")))
        .digest("hex");
      expect(policy.tuned).toMatchObject({ epsilon: 0.05, maxSamples: 12, data: { digest, questions: 400 } });

      const fresh = place.file("fresh.jsonl", recorded(1000, 12, 2));
      const run = (name: string, ...more: string[]) =>
        quorate(["run", "--model", `replay:${fresh}`, "--out", join(place.path, name), ...more], {}, place.path);
      const decisions = (name: string) => jsonLines<DecisionLine>(join(place.path, name, "decisions.jsonl"));
      expect(await run("held", "--policy", file, "--max-samples", "12")).toMatchObject({ code: 0, stderr: "" });
      for (const { reason, certificate } of decisions("held")) {
        expect(certificate).toBe(reason === "horizon" ? "risk-controlled" : "curtailed");
      }
      expect(decisions("held").filter(({ reason }) => reason === "horizon").length).toBeGreaterThan(300);

      await run("full", "--policy", "sc", "--max-samples", "12");
      const full = decisions("full");
      const others = decisions("held").filter(({ answer }, at) => answer !== full[at]!.answer).length;
      expect(others / full.length).toBeLessThanOrEqual(0.05);

      const other = await run("other", "--policy", file, "--max-samples", "10");
      expect(other.stderr).toMatch(/warning: THE PROMISE DOES NOT HOLD.*full vote of 12 samples.*--max-samples 10/);
      expect(decisions("other").some(({ certificate }) => certificate === "risk-controlled")).toBe(false);
      const set = await run("set", "--policy", file, "--max-samples", "12", "--set", "stop.horizon.level=0.8");
      expect(set.stderr).toMatch(/THE PROMISE DOES NOT HOLD.*--set/);
    }));

  it("says the same as JSON, and is the same for the same seed", () =>
    inPlace(async (place, tune) => {
      const [first, again] = [await tune(...ltt, "--json"), await tune(...ltt, "--json")];
      expect(first.stdout).toBe(again.stdout);
      expect(JSON.parse(first.stdout)).toMatchObject({
        out: join(place.path, "tuned.json"),
        policy: "quorate-tuned",
        parameter: "stop.horizon.level",
        level: expect.any(Number),
        upperBound: expect.any(Number),
        questions: 400,
      });
      const conformal = await tune("--epsilon", "0.05", "--method", "conformal", "--json");
      expect(JSON.parse(conformal.stdout)).toMatchObject({ method: "conformal" });
      expect(JSON.parse(conformal.stdout)).not.toHaveProperty("upperBound");
    }));

  it.each([
    [["--epsilon", "0.5%", "--delta", "0.1"], /400 questions are too few.*it takes 460/],
    [["--epsilon", "0.001", "--method", "conformal"], /it takes 999/],
    [["--epsilon", "0.05"], /delta is needed/],
    [["--epsilon", "5"], /--epsilon.*Expected a share such as 0\.02 or 2%/],
    [[...ltt, "--parameter", "stop.level"], /no parameter stop\.level to tune.*stop\.horizon\.level/],
    [[...ltt, "--policy", "sc"], /no level to tune/],
    [[...ltt, "--max-samples", "13"], /0 questions are too few.*400 of 400 questions have fewer than 13/],
  ])("refuses %j with exit code 2 and writes nothing", (more, message) =>
    inPlace(async (place, tune) => {
      expect(await tune(...more)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
      expect(existsSync(join(place.path, "tuned.json"))).toBe(false);
    }),
  );
});
