import { fc, test } from "@fast-check/vitest";
import { presetNamed, presets } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { recordedQuestion } from "../__fixtures__/trace-of.ts";
import { sweptParameter, variantAt } from "../matched/variants.ts";
import { Contender } from "./contender.ts";
import { endingOf } from "./ending.ts";
import { EndingMemo } from "./ending-memo.ts";
import { fittedPolicy } from "./fitted-policies.ts";
import { PreparedQuestion } from "./prepared-question.ts";
import { readEntry } from "./reading.ts";
import { replay } from "./replay.ts";

const settings = { permutations: 6, seed: 1 };

/** Every preset on counts, and every fourth value of its sweep. */
const policies = presets
  .map(({ name }) => presetNamed(name))
  .filter(({ confidence }) => confidence === null)
  .flatMap((policy) => {
    const swept = sweptParameter(policy);
    const values = (swept?.values ?? []).filter((_, place) => place % 4 === 0);
    return [policy, ...values.map((value) => variantAt(policy, swept!, value))];
  });

/** Few answers and few samples, so that patterns come again; options and lengths differ. */
const recordings = fc.array(
  fc.record({
    letters: fc.array(fc.constantFrom("A", "A", "A", "B", "C", "-"), { maxLength: 9 }),
    options: fc.constantFrom(undefined, ["a", "b", "c"]),
  }),
  { minLength: 3, maxLength: 12 },
);

describe("remembered endings", () => {
  test.prop([recordings, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 25, 1e6)], { seed: 8, numRuns: 30 })(
    "are those of the reducer itself, for every rule, question and order",
    (recorded, maxSamples, mostNodes) => {
      const contenders = policies.map((policy) => new Contender(fittedPolicy(policy), mostNodes));
      recorded.forEach(({ letters, options }, number) => {
        const entry = recordedQuestion(`q${number}`, letters.join(""), options && { options });
        const question = new PreparedQuestion(readEntry(entry, {}), entry.samples, { ...settings, maxSamples });
        for (const contender of contenders) {
          const { ballots, areBare } = question.ballotsFor(contender.fitted);
          expect(areBare).toBe(true);
          const direct = question.orders.map((shuffled) =>
            endingOf(replay(contender.fitted.compiled, question.limits, ballots, shuffled.order), shuffled),
          );
          expect(contender.endings(question)).toEqual(direct);
        }
      });
    },
    60_000,
  );

  it("are looked up by labels, the shortest that decided, and forgotten without nodes", () => {
    const ending = (samples: number) => ({ label: 1, samples, waves: [samples], abstentions: 0, reason: "test" });
    const budget = { left: 5 };
    const memo = new EndingMemo(budget);
    memo.keep([1, 1, 2, 2], ending(2));
    expect(memo.find([1, 1, 0])).toEqual(ending(2));
    expect(memo.find([1, 2, 1])).toBeUndefined();
    expect(memo.find([1])).toBeUndefined();
    memo.keep([1, 2, 1], ending(3));
    expect(memo.find([1, 2, 1, 9])).toEqual(ending(3));
    expect(budget.left).toBe(1);
    memo.keep([0, 0], ending(2));
    expect(memo.find([0, 0])).toBeUndefined();

    const roomy = new EndingMemo({ left: 1000 });
    const [long, longer] = [16, 17].map((samples) => Array.from({ length: samples }, () => 1));
    roomy.keep(longer!, ending(17));
    expect(roomy.find(longer!)).toBeUndefined();
    roomy.keep(long!, ending(16));
    expect(roomy.find(longer!)).toEqual(ending(16));
  });
});

describe("ballots that say more than an answer", () => {
  it("are replayed one by one, as labels do not tell them apart", () => {
    const entry = recordedQuestion("q", "ABAB");
    const samples = entry.samples.map((sample, i) => ({ ...sample, signals: { recorded: 0.2 * i } }));
    const question = new PreparedQuestion(readEntry({ ...entry, samples }, {}), samples, {
      ...settings,
      maxSamples: 4,
    });
    const policy = {
      ...presetNamed("best-of-n"),
      confidence: { elicitor: "recorded", calibrator: { form: "identity" as const } },
    };
    const contender = new Contender(fittedPolicy(policy), 1e6);
    expect(question.ballotsFor(contender.fitted).areBare).toBe(false);
    // The last sample is the most confident one, wherever it comes.
    const answers = contender.endings(question).map(({ label }, i) => question.orders[i]!.answers[label - 1]);
    expect(new Set(answers)).toEqual(new Set(["B"]));
  });
});
