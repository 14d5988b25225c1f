import { parsePolicy, presetNamed, setParameter } from "@quorate/core";
import { seededRandom } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluatePolicies } from "../replay/evaluate-policies.ts";
import { evaluationTable } from "../tables/evaluation-table.ts";
import { reachOf } from "./reach.ts";
import { sweptParameter, variantAt } from "./variants.ts";

/** Questions of all difficulties, 20 samples each. */
const entries = Array.from({ length: 60 }, (_, number) => {
  const random = seededRandom("matched", number);
  const share = 0.4 + (0.6 * number) / 60;
  const letters = Array.from({ length: 20 }, () => (random() < share ? "A" : random() < 0.7 ? "B" : "C"));
  return recordedQuestion(`q${number}`, letters.join(""), { gold: number % 5 === 0 ? "B" : "A" });
});

const settings = { trace: traceOf(entries), maxSamples: 20, permutations: 10, seed: 2 };
const matched = (names: readonly string[]) =>
  evaluatePolicies({ ...settings, policies: names.map(presetNamed), matched: true });

describe("sweptParameter", () => {
  it("finds the rule's parameter, also inside of other rules, and takes the policy's own value along", () => {
    expect(sweptParameter(presetNamed("asc"))).toMatchObject({ path: "stop.level", own: 0.95 });
    expect(sweptParameter(presetNamed("quorate"))).toMatchObject({ path: "stop.horizon.level", own: 0.975 });
    expect(sweptParameter(presetNamed("sc"))).toBeUndefined();
    const odd = setParameter(presetNamed("asc"), "stop.level=0.9123");
    expect(sweptParameter(odd)!.values).toEqual([...sweptParameter(odd)!.values].sort((a, b) => a - b));
    expect(sweptParameter(odd)!.values).toContain(0.9123);
  });

  it("makes policies that differ in this parameter alone, and promise nothing that another was tuned for", () => {
    const data = { file: "f", digest: "d", questions: 1 };
    const tuned = {
      method: "conformal",
      risk: "disagreement",
      epsilon: 0.1,
      maxSamples: 9,
      data,
      parameter: "stop.level",
      level: 0.9,
    };
    const policy = parsePolicy({ ...presetNamed("asc"), tuned });
    const { tuned: _, ...bare } = policy;
    const variant = variantAt(policy, sweptParameter(policy)!, 0.99);
    expect(variant).toEqual({ ...bare, stop: { rule: "beta", level: 0.99 } });
  });
});

describe("a matched comparison", () => {
  it("has the points that evaluations of each level alone would have", async () => {
    const { curves } = await matched(["asc", "sc"]);
    expect(curves!.map(({ policy }) => policy)).toEqual(["asc"]);
    const [{ points, parameter }] = curves as [NonNullable<typeof curves>[number]];
    for (const value of [0.6, 0.9, 0.95, 0.9999]) {
      const policy = setParameter(presetNamed("asc"), `${parameter}=${value}`);
      const alone = (await evaluatePolicies({ ...settings, policies: [policy] })).policies[0]!;
      const { meanSamples, samplesInterval, agreement, agreementInterval, accuracy, accuracyInterval } = alone;
      expect(points.find((point) => point.value === value)).toEqual({
        value,
        ...{ meanSamples, samplesInterval, agreement, agreementInterval, accuracy, accuracyInterval },
        meanRounds: alone.meanRounds,
        wrongModeStops: alone.wrongModeStops,
      });
    }
  });

  it("leaves everything else as it was", async () => {
    const { curves, ...rest } = await matched(["asc", "lead"]);
    expect(curves).toHaveLength(2);
    expect(rest).toEqual(await evaluatePolicies({ ...settings, policies: ["asc", "lead"].map(presetNamed) }));
  });

  it("reads samples at equal agreement and at the full vote's accuracy off the curve, with an interval around", async () => {
    const { curves, fullVote } = await matched(["asc"]);
    const [curve] = curves!;
    expect(curve!.samplesAtAgreement.map(({ agreement }) => agreement)).toEqual([0.98, 0.99, 0.995, 0.999]);
    for (const { agreement, reach } of curve!.samplesAtAgreement) {
      const plain = reachOf(
        curve!.points.map((point) => ({ samples: point.meanSamples, value: point.agreement })),
        agreement,
      );
      expect(reach).toMatchObject(plain);
      if (reach.kind !== "interpolated" || reach.interval === undefined) continue;
      expect(reach.interval.low).toBeLessThan(reach.samples);
      expect(reach.interval.high).toBeGreaterThan(reach.samples);
    }
    expect(curve!.samplesAtAgreement[0]!.reach).toMatchObject({ kind: "interpolated", interval: {} });
    const [at] = [curve!.samplesAtFullVoteAccuracy!];
    expect(at.kind).not.toBe("not-reached");
    expect(curve!.points.some(({ accuracy }) => accuracy! >= fullVote!.accuracy!)).toBe(true);
  });

  it("says what a curve does not reach, and what needs no looking for, in the table too", async () => {
    const easy = await evaluatePolicies({
      ...settings,
      trace: traceOf(entries.slice(50)),
      policies: [parsePolicy({ name: "loose", stop: { rule: "lead", margin: 3 } })],
      matched: true,
    });
    expect(easy.curves![0]!.samplesAtAgreement[0]).toMatchObject({ agreement: 0.98 });
    const hard = await evaluatePolicies({
      ...settings,
      trace: traceOf([recordedQuestion("q", "ABCDEFGHIJKLMNOPQRST")]),
      policies: [presetNamed("lead"), presetNamed("sc")],
      matched: true,
    });
    const [curve] = hard.curves!;
    expect(curve).not.toHaveProperty("samplesAtFullVoteAccuracy");
    expect(curve!.points[0]).toMatchObject({ value: 1, meanSamples: 1, agreement: 1 });
    expect(curve!.samplesAtAgreement.at(-1)!.reach).toEqual({ kind: "loosest-suffices", samples: 1 });
    const lines = evaluationTable(hard, 120).join("\n");
    expect(lines).toMatch(/at 98 % +at 99 % +at 99.5 % +at 99.9 %\n/);
    expect(lines).toMatch(/lead +stop.margin 1–20 +≤ 1.00 +≤ 1.00/);
    expect(lines).toContain("nothing to sweep: sc");
  });
});
