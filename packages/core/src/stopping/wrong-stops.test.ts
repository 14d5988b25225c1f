import { describe, expect, it } from "vitest";
import { Tally } from "../tally/tally.ts";
import { counted, drawFrom, generator, ruleOf, Watched } from "./__fixtures__/streams.ts";
import type { RuleSpec, Verdict } from "./rule.ts";

const isMutated = process.env.QUORATE_MUTATION === "1";

const rules = {
  asc_90: { rule: "beta", level: 0.9 },
  asc_95: { rule: "beta", level: 0.95 },
  asc_99: { rule: "beta", level: 0.99 },
  lead_3: { rule: "lead", margin: 3 },
  e_thr_20: { rule: "e-process", delta: 0.05, answers: 2 },
  ppr_05: { rule: "ppr", delta: 0.05, answers: 2 },
} satisfies Record<string, RuleSpec>;

/**
 * Two answers, the first with probability p; a run that never stops ends at N. Samples, probability of stopping on the
 * right and on the wrong one and of not stopping, rounds of zero-waste waves: published, computed apart from this code.
 */
const published: [keyof typeof rules, number, number, number, number, number, number, number?][] = [
  ["asc_90", 40, 0.55, 18.6115395535, 0.51865775092, 0.214361632991, 0.266980616088, 5.08684734019],
  ["asc_90", 40, 0.6, 16.1242011313, 0.698670476711, 0.125760043717, 0.175569479572, 4.56243183443],
  ["asc_90", 40, 0.8, 6.09294955322, 0.990138256257, 0.009365168661, 0.000496575082175, 2.03355358129],
  ["asc_95", 40, 0.55, 27.4899205707, 0.368216980084, 0.109340802953, 0.522442216963, 5.79619727615],
  ["asc_95", 40, 0.6, 24.1608209431, 0.570022931015, 0.0539310274157, 0.37604604157, 5.31983436125],
  ["asc_95", 40, 0.8, 8.71754785258, 0.995644973187, 0.00186354835387, 0.00249147845909, 2.30470087234],
  ["asc_99", 40, 0.55, 36.7972540384, 0.125832514013, 0.0196147826652, 0.854552703322, 5.21861872147],
  ["asc_99", 40, 0.6, 34.4635355893, 0.267704090945, 0.00719041409963, 0.725105494956, 5.20385131413],
  ["asc_99", 40, 0.8, 15.1100795891, 0.976781804939, 6.71785362616e-5, 0.0231510165252, 2.90889967704],
  ["lead_3", 40, 0.55, 8.74335133728, 0.643859442606, 0.35264728299, 0.00349327440464, 3.87342230584],
  ["lead_3", 40, 0.6, 8.13089833611, 0.769926767791, 0.228126449716, 0.00194678249355, 3.5664225593],
  ["lead_3", 40, 0.8, 4.84615134672, 0.984614519946, 0.0153846018742, 8.78179935375e-7, 1.92307611245],
  ["e_thr_20", 40, 0.55, 38.0593921029, 0.0617446261371, 0.011473048524, 0.926782325339, 4.41221879783],
  ["e_thr_20", 40, 0.6, 36.6677306704, 0.138824416436, 0.00493295782985, 0.856242625734, 4.5210958141],
  ["e_thr_20", 40, 0.8, 18.4314931822, 0.913362520281, 6.46157639622e-5, 0.0865728639549, 3.15080570678],
  ["asc_95", 400, 0.55, 112.927046076, 0.773762267343, 0.122729316572, 0.103508416085],
  ["asc_95", 400, 0.6, 48.3159486374, 0.94321916329, 0.0551583565159, 0.00162248019369],
  ["asc_95", 400, 0.8, 8.73217999968, 0.998136451265, 0.00186354873534, 0],
  ["asc_99", 400, 0.55, 249.771183505, 0.580979282346, 0.0228110220482, 0.396209695605],
  ["asc_99", 400, 0.6, 111.639533975, 0.973536716095, 0.00737561886606, 0.0190876650389],
  ["asc_99", 400, 0.8, 15.2835413113, 0.999932821455, 6.71785448569e-5, 0],
  ["lead_3", 400, 0.55, 8.76699029126, 0.646116504854, 0.353883495146, 0],
  ["lead_3", 400, 0.6, 8.14285714286, 0.771428571429, 0.228571428571, 0],
  ["lead_3", 400, 0.8, 4.84615384615, 0.984615384615, 0.0153846153846, 0],
  ["e_thr_20", 400, 0.55, 340.399398144, 0.23393575882, 0.0117749905267, 0.754289250653],
  ["e_thr_20", 400, 0.6, 199.769395866, 0.849389200253, 0.0049460430114, 0.145664756736],
  ["e_thr_20", 400, 0.8, 19.3308534768, 0.999935384236, 6.46157640553e-5, 0],
  ["ppr_05", 400, 0.55, 357.670632712, 0.193708237552, 0.0035766995277, 0.802715062921],
  ["ppr_05", 400, 0.6, 218.334832076, 0.829716347085, 0.00103665113858, 0.169247001776],
  ["ppr_05", 400, 0.8, 23.0987272633, 0.999997300688, 2.69931174546e-6, 0],
];

const grids = new Map<string, Verdict[][]>();

/** What the rule says after a votes for the first answer and b for the second, at [a][b]. */
function verdicts(name: keyof typeof rules, maxSamples: number): Verdict[][] {
  const key = `${name} ${maxSamples}`;
  const known = grids.get(key);
  if (known !== undefined) return known;
  const rule = ruleOf(rules[name]);
  const state = rule.init({ ...counted, maxSamples });
  let first = Tally.empty();
  const grid = Array.from({ length: maxSamples + 1 }, (_, a) => {
    let tally = first;
    const row: Verdict[] = [];
    for (let b = 0; a + b <= maxSamples; b += 1) {
      row.push(rule.verdict(state, tally, maxSamples - a - b));
      tally = tally.add("B", 1);
    }
    first = first.add("A", 1);
    return row;
  });
  grids.set(key, grid);
  return grid;
}

/** Exact figures of a rule in zero-waste waves: the probability of every state in which it is asked. */
function operatingPoint(name: keyof typeof rules, maxSamples: number, p: number) {
  const grid = verdicts(name, maxSamples);
  const asked = grid.map((row) => row.map(() => 0));
  asked[0]![0] = 1;
  const result = { samples: 0, right: 0, wrong: 0, notStopped: 0, rounds: 0 };
  for (let n = 0; n <= maxSamples; n += 1) {
    for (let a = 0; a <= n; a += 1) {
      const b = n - a;
      const probability = asked[a]![b]!;
      if (probability === 0) continue;
      const verdict = grid[a]![b]!;
      if (verdict.stop) {
        result[verdict.answer === "A" ? "right" : "wrong"] += probability;
        continue;
      }
      if (n === maxSamples) {
        result.notStopped += probability;
        continue;
      }
      result.rounds += probability;
      result.samples += probability * verdict.need;
      let ways = (1 - p) ** verdict.need;
      for (let more = 0; more <= verdict.need; more += 1) {
        asked[a + more]![b + verdict.need - more]! += probability * ways;
        ways *= ((verdict.need - more) / (more + 1)) * (p / (1 - p));
      }
    }
  }
  return result;
}

describe("two answers, exactly", () => {
  it.each(published)("%s of %i at %d", (name, maxSamples, p, samples, right, wrong, notStopped, rounds) => {
    const found = operatingPoint(name, maxSamples, p);
    expect(Math.abs(found.samples / samples - 1)).toBeLessThan(1e-9);
    expect(Math.abs(found.right - right)).toBeLessThan(1e-9);
    expect(Math.abs(found.wrong - wrong)).toBeLessThan(1e-9);
    expect(Math.abs(found.notStopped - notStopped)).toBeLessThan(1e-9);
    if (rounds !== undefined) expect(Math.abs(found.rounds / rounds - 1)).toBeLessThan(1e-9);
  });

  it("stops on the wrong answer more often than the level suggests, or less often than δ", () => {
    expect(operatingPoint("asc_95", 400, 0.55).wrong).toBeGreaterThan(2 * 0.05);
    expect(operatingPoint("asc_99", 400, 0.55).wrong).toBeGreaterThan(2 * 0.01);
    expect(operatingPoint("e_thr_20", 400, 0.501).wrong).toBeLessThan(0.05);
  });
});

const streams = isMutated ? 1000 : 20_000;
const maxSamples = 400;

/** Published shares of wrong stops, from 20,000 streams of up to 400 votes each; leader and runner-up tested as of two. */
const spread: [string, readonly number[], Record<"asc_95" | "lead_3" | "ppr_05" | "e_thr_20" | "window", number>][] = [
  ["four answers", [0.4, 0.3, 0.2, 0.1], { asc_95: 5.5, lead_3: 32.2, ppr_05: 0.02, e_thr_20: 0.15, window: 13.7 }],
  [
    "a long tail",
    [0.35, 0.3, ...Array.from({ length: 35 }, () => 0.01)],
    { asc_95: 13.4, lead_3: 38.6, ppr_05: 0.34, e_thr_20: 0.73, window: 14.3 },
  ],
];

/** Four standard errors of the difference of two such shares, and half a unit of the last digit printed. */
function tolerance(percent: number): number {
  const share = Math.max(percent, 0.05) / 100;
  return 400 * Math.sqrt(share * (1 - share) * (1 / streams + 1 / 20_000)) + 0.05;
}

/** Percentage of streams that stop on another answer than the first: votes are only counted, boundaries are the rule's. */
function wrongStopPercent(name: keyof typeof rules, probabilities: readonly number[]): number {
  const grid = verdicts(name, maxSamples);
  const uniform = generator(17);
  let wrong = 0;
  for (let stream = 0; stream < streams; stream += 1) {
    const counts = probabilities.map(() => 0);
    let leader = 0;
    let runnerUp = 0;
    for (let n = 0; n < maxSamples; n += 1) {
      const id = drawFrom(probabilities, uniform());
      counts[id]! += 1;
      if (id !== leader && counts[id]! > counts[leader]!) [leader, runnerUp] = [id, counts[leader]!];
      else if (id !== leader) runnerUp = Math.max(runnerUp, counts[id]!);
      if (id === leader && grid[counts[id]!]![runnerUp]!.stop) {
        if (id !== 0) wrong += 1;
        break;
      }
    }
  }
  return (100 * wrong) / streams;
}

describe("more answers, by simulation", () => {
  const cases = spread.flatMap(([where, probabilities, percents]) =>
    (["asc_95", "lead_3", "ppr_05", "e_thr_20"] as const).map((name) => ({
      name,
      where,
      probabilities,
      expected: percents[name],
    })),
  );
  it.each(cases)("$name, $where: $expected %", { timeout: 60_000 }, ({ name, probabilities, expected }) => {
    expect(Math.abs(wrongStopPercent(name, probabilities) - expected)).toBeLessThan(tolerance(expected));
  });

  const two = [0.55, 0.6, 0.8].map((p, i) => [`${p}`, [p, 1 - p], { window: [26.7, 11.6, 0.1][i]! }] as const);
  it.each([...two, ...spread])("a unanimous window, %s", (_, probabilities, { window: expected }) => {
    // Windows are independent of each other: the first unanimous one decides.
    const unanimous = probabilities.map((p) => p ** 5);
    const any = unanimous.reduce((sum, p) => sum + p, 0);
    const exact = 100 * (1 - unanimous[0]! / any) * (1 - (1 - any) ** (maxSamples / 5));
    expect(Math.abs(exact - expected)).toBeLessThan(tolerance(expected));

    const rule = ruleOf({ rule: "window", size: 5 });
    const uniform = generator(19);
    const runs = streams / 10;
    let wrong = 0;
    for (let run = 0; run < runs; run += 1) {
      const watched = new Watched(rule, { maxSamples });
      for (let n = 1; n <= maxSamples; n += 1) {
        const { verdict } = watched.draw(`${drawFrom(probabilities, uniform())}`);
        if (!verdict.stop) continue;
        if (verdict.answer !== "0") wrong += 100 / runs;
        break;
      }
    }
    expect(Math.abs(wrong - exact)).toBeLessThan(400 * Math.sqrt(((exact / 100) * (1 - exact / 100)) / runs) + 1e-9);
  });
});
