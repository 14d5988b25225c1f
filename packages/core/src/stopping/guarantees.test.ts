import { describe, expect, it } from "vitest";
import { compilePolicy } from "../policy/compile.ts";
import { parsePolicy } from "../policy/schema.ts";
import { advance } from "../reducer/advance.ts";
import { openQuestion } from "../reducer/state.ts";
import { drawFrom, generator, ruleOf, Watched } from "./__fixtures__/streams.ts";
import type { RuleSpec } from "./rule.ts";

/** Mutation testing repeats everything a thousand times: there, fewer streams of each. */
const streams = process.env.QUORATE_MUTATION === "1" ? 500 : 20_000;
const delta = 0.2;
const maxSamples = 30;

/** How often a rule is asked: after every sample, after every wave of five, once at the end. */
const schedules = { "every sample": 1, waves: 5, "the end": maxSamples };

interface Null {
  readonly name: string;
  readonly probabilities: readonly number[];
  /** Answers that a certificate may name without being wrong. */
  readonly right: readonly number[];
}

/** The hardest cases: what is second is hardly less likely. A near tie makes both directions count as chances to err. */
const close: Null[] = [
  { name: "two, all but tied", probabilities: [0.5001, 0.4999], right: [0] },
  { name: "three, all but tied", probabilities: [0.3334, 0.3333, 0.3333], right: [0] },
  {
    name: "two in front of a tail",
    probabilities: [0.301, 0.3, ...Array.from({ length: 7 }, () => 0.057)],
    right: [0],
  },
];
/** Of a tie neither may be certified as the one most likely answer, by a target that the votes did not choose. */
const tied: Null = { name: "two, tied", probabilities: [0.5, 0.5], right: [] };

const names = "ABCDEFGHIJ";

/** Share of streams in which the rule stops on a wrong answer, by schedule. */
function wrongStops(spec: RuleSpec, { probabilities, right }: Null, seed: number): Record<string, number> {
  const uniform = generator(seed);
  const rule = ruleOf(spec);
  const wrong = Object.fromEntries(Object.keys(schedules).map((schedule) => [schedule, 0]));
  const rightNames = right.map((id) => names[id]);
  for (let stream = 0; stream < streams; stream += 1) {
    const watched = new Watched(rule, { maxSamples: maxSamples + 1 });
    const open = new Map(Object.entries(schedules));
    let dueAt = 1;
    for (let n = 1; n <= maxSamples && open.size > 0; n += 1) {
      watched.draw(names[drawFrom(probabilities, uniform())]!);
      if (n < dueAt) continue;
      const { verdict } = watched;
      if (!verdict.stop) {
        dueAt = n + verdict.need;
        continue;
      }
      for (const [schedule, every] of open) {
        if (n % every > 0) continue;
        open.delete(schedule);
        if (!rightNames.includes(verdict.answer)) wrong[schedule]! += 1 / streams;
      }
    }
  }
  return wrong;
}

const certifying: { spec: RuleSpec; nulls: Null[] }[] = [
  { spec: { rule: "e-process", target: "leader", delta }, nulls: close },
  { spec: { rule: "e-process", target: "past-leader", delta }, nulls: close },
  { spec: { rule: "e-process", target: "pilot", delta }, nulls: [...close, tied] },
  { spec: { rule: "ppr", delta }, nulls: close },
  { spec: { rule: "ppr", target: "pilot", delta }, nulls: [tied] },
  { spec: { rule: "mmc", delta }, nulls: close.slice(1) },
  { spec: { rule: "mmc", update: "plug-in", delta }, nulls: close.slice(0, 1) },
];

describe("a certificate that holds however often one looks", () => {
  const cases = certifying.flatMap(({ spec, nulls }) =>
    nulls.map((hypothesis) => [`${Object.values(spec).join(" ")}: ${hypothesis.name}`, spec, hypothesis] as const),
  );

  it.each(cases)("%s", { timeout: 60_000 }, (_, spec, hypothesis) => {
    const answers = hypothesis.probabilities.length;
    const isCounted = spec.target === "leader" || (spec.rule === "ppr" && spec.target === undefined);
    const wrong = wrongStops({ ...spec, ...(isCounted && { answers }) }, hypothesis, 7);
    // Four standard errors at δ: what chance alone would hardly do.
    const slack = 4 * Math.sqrt((delta * (1 - delta)) / streams);
    for (const schedule of Object.keys(schedules)) expect(wrong[schedule]).toBeLessThanOrEqual(delta + slack);
    if (answers === 2) expect(wrong["every sample"]).toBeGreaterThan(delta / 20);
  });

  it("is what a posterior level does not give", () => {
    const slack = 4 * Math.sqrt((delta * (1 - delta)) / streams);
    expect(wrongStops({ rule: "beta", level: 1 - delta }, close[0]!, 7)["every sample"]).toBeGreaterThan(delta + slack);
  });

  it("holds through the reducer too, in zero-waste waves", () => {
    const compiled = compilePolicy(
      parsePolicy({ name: "tested", stop: { rule: "e-process", target: "past-leader", delta } }),
    );
    const uniform = generator(11);
    const runs = streams / 10;
    let wrong = 0;
    for (let run = 0; run < runs; run += 1) {
      let step = advance(openQuestion(compiled, { maxSamples }), { type: "question-opened" });
      while (!step.state.decided) {
        const answer = names[drawFrom(close[0]!.probabilities, uniform())]!;
        const index = step.state.tally.sampleCount;
        step = advance(step.state, { type: "sample-recorded", index, ballot: { kind: "answer", answer } });
      }
      const [decided] = step.commands.flatMap((command) => (command.type === "decide" ? [command.decision] : []));
      if (decided?.certificate === "anytime" && decided.answer !== "A") wrong += 1 / runs;
    }
    expect(wrong).toBeLessThanOrEqual(delta + 4 * Math.sqrt((delta * (1 - delta)) / runs));
    if (streams >= 20_000) expect(wrong).toBeGreaterThan(0);
  });
});

describe("a certificate about the full vote", () => {
  /** Pools where the winner is one vote ahead, or the loser one behind a tail. */
  const pools = [
    { pool: "A".repeat(16) + "B".repeat(15), answers: 2 },
    { pool: "A".repeat(13) + "B".repeat(12) + "C".repeat(11) + "-".repeat(4), answers: 3 },
    { pool: "A".repeat(11) + "B".repeat(10) + "CDEFGHIJ".repeat(2), answers: undefined },
  ];

  it.each(pools)("without-replacement: $pool", { timeout: 60_000 }, ({ pool, answers }) => {
    const rule = ruleOf({ rule: "without-replacement", delta, ...(answers !== undefined && { answers }) });
    const uniform = generator(13);
    let [wrong, stopped] = [0, 0];
    for (let stream = 0; stream < streams; stream += 1) {
      const order = [...pool];
      for (let i = order.length - 1; i > 0; i -= 1) {
        const j = Math.floor(uniform() * (i + 1));
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      const watched = new Watched(rule, { maxSamples: pool.length });
      for (let n = 0; n < pool.length; n += 1) {
        const { verdict } = watched.draw(order[n]!);
        if (!verdict.stop) continue;
        if (n + 1 < pool.length) stopped += 1 / streams;
        if (verdict.answer !== "A") wrong += 1 / streams;
        break;
      }
    }
    expect(wrong).toBeLessThanOrEqual(delta + 4 * Math.sqrt((delta * (1 - delta)) / streams));
    expect(stopped).toBeGreaterThan(0.05);
    if (streams >= 20_000) expect(wrong).toBeGreaterThan(0);
  });
});
