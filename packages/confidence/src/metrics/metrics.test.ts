import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { plain } from "../__fixtures__/plain-metrics.ts";
import { type GradedScore, packQuestions, packScores } from "./graded-scores.ts";
import { metricsOf } from "./metrics-of.ts";
import { type MetricName, metricDefinitions } from "./registry.ts";

const right = (score: number): GradedScore => ({ score, isRight: true });
const wrong = (score: number): GradedScore => ({ score, isRight: false });
const all = metricDefinitions.map(({ name }) => name);
const metric = (name: MetricName, scores: readonly GradedScore[]) => metricsOf(packScores(scores), [name])[name];
const group = (score: number, rightCount: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ score, isRight: i < rightCount }));

/** Ties at eighths and bin edges at tenths are common; others are anywhere. */
const score = fc.oneof(
  fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
  fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const graded = fc.record({ score, isRight: fc.boolean() });
const bothClasses = fc
  .tuple(graded, graded, fc.array(graded, { maxLength: 40 }))
  .map(([a, b, more]) => [{ ...a, isRight: true }, { ...b, isRight: false }, ...more]);

describe("every metric", () => {
  const independent = Object.keys(plain) as (keyof typeof plain)[];

  it("but the one within questions has a plain computation beside it", () =>
    expect([...independent, "wqd"].sort()).toEqual([...all].sort()));

  test.prop([bothClasses], { seed: 41, numRuns: 300 })("equals its definition, answer by answer", (scores) => {
    const fast = metricsOf(packScores(scores), independent);
    for (const name of independent) expect([name, fast[name]]).toEqual([name, expect.closeTo(plain[name](scores), 9)]);
  });

  test.prop([bothClasses, fc.infiniteStream(fc.nat())], { seed: 42, numRuns: 60 })(
    "does not depend on the order in which answers came",
    (scores, stream) => {
      const shuffled = scores.map((each) => ({ each, key: stream.next().value! })).sort((a, b) => a.key - b.key);
      expect(metricsOf(packScores(shuffled.map(({ each }) => each)), all)).toEqual(metricsOf(packScores(scores), all));
    },
  );

  it.each(all)("%s of nothing is absent", (name) => expect(metric(name, [])).toBe("no-scores"));

  it.each(metricDefinitions)("$name says when a score is no probability", ({ name, scale }) => {
    const value = metricsOf(packQuestions([[right(2), wrong(-1)]]), [name])[name];
    if (scale === "probability") expect(value).toBe("not-probabilities");
    else expect(typeof value).toBe("number");
  });

  it("refuses what is no number", () => {
    expect(() => metric("auroc", [right(Number.NaN)])).toThrowError(/Score 0 is no number/);
    expect(() => metricsOf(packScores([]), ["ece"], { bins: 1 })).toThrowError(/`bins`/);
    expect(() => metricsOf(packScores([]), ["ece"], { coverage: 0 })).toThrowError(/`coverage`/);
  });
});

describe("a single class", () => {
  const same = [right(0.5), right(0.7)];

  it("has nothing to compare", () => {
    expect(metric("auroc", same)).toBe("one-class");
    expect(metric("auprc-negative", same)).toBe("one-class");
    expect(metric("auprc-positive", [wrong(0.2)])).toBe("one-class");
    expect(metricsOf(packQuestions([same, [wrong(0)]]), ["wqd"]).wqd).toBe("one-class");
  });

  it("has all others", () => {
    expect(metric("auprc-positive", same)).toBe(1);
    expect(metricsOf(packScores(same), ["aurc", "e-aurc", "auarc", "selective-accuracy", "brier-uncertainty"])).toEqual(
      {
        aurc: 0,
        "e-aurc": 0,
        auarc: 1,
        "selective-accuracy": 1,
        "brier-uncertainty": 0,
      },
    );
    expect(metric("aurc", [wrong(0.1), wrong(0.2)])).toBe(1);
    expect(metric("e-aurc", [wrong(0.1), wrong(0.2)])).toBe(0);
  });
});

describe("calibration errors", () => {
  it("know 0.3 as the end of its bin, and 0 as the start of the first", () => {
    // (0.2, 0.3]: mean 0.275, accuracy ½; [0, 0.1]: mean 0.05, accuracy 0.
    const scores = [right(0.25), wrong(0.3), wrong(0), wrong(0.1)];
    expect(metric("ece", scores)).toBeCloseTo((0.225 + 0.05) / 2, 12);
    expect(metric("mce", scores)).toBeCloseTo(0.225, 12);
    // 0.1 + 0.2 is a little more than 0.3, and lies in the next bin.
    expect(metric("ece", [right(0.3), wrong(0.1 + 0.2)])).toBeCloseTo((0.7 + 0.3) / 2, 12);
  });

  it("of equal count share out a tie", () => {
    // Two bins of three: the tie at 0.5 (two of four right) lies in both.
    const scores = [wrong(0.1), ...group(0.5, 2, 4), right(0.9)];
    const expected = (Math.abs(0 + 0.5 + 0.5 - 1.1) + Math.abs(0.5 + 0.5 + 1 - 1.9)) / 6;
    expect(metricsOf(packScores(scores), ["adaptive-ece"], { bins: 2 })["adaptive-ece"]).toBeCloseTo(expected, 12);
  });

  it("and inversions and evenness are all 0 for a constant at the base rate (UF, section on metrics)", () =>
    expect(metricsOf(packScores(group(0.6, 3, 5)), ["ece", "ipr", "ce"])).toEqual({
      ece: expect.closeTo(0, 12),
      ipr: 0,
      ce: 0,
    }));
});

describe("inverse pair ratio and evenness (UF, arXiv 2404.02655)", () => {
  it("bin accuracies .2 .5 .4 .9 have one inversion of six", () => {
    const scores = [...group(0.15, 2, 10), ...group(0.35, 5, 10), ...group(0.65, 4, 10), ...group(0.95, 9, 10)];
    expect(metric("ipr", scores)).toBeCloseTo(1 / 6, 12);
    // Four equal bins of ten: ln 4 / ln 10.
    expect(metric("ce", scores)).toBeCloseTo(Math.log(4) / Math.log(10), 12);
    expect(metric("ce", scores)).toBeCloseTo(0.602, 3);
  });
});

describe("brier score", () => {
  it("is the sum of its parts", () => {
    const scores = [right(0.5), wrong(0.55), right(0.97), wrong(0.11), right(0.12), wrong(0.91)];
    const of = metricsOf(packScores(scores), all);
    const part = (name: MetricName) => of[name] as number;
    expect(part("brier")).toBeCloseTo(
      part("brier-reliability") - part("brier-resolution") + part("brier-uncertainty") + part("brier-within-bins"),
      12,
    );
    expect(metric("brier", [right(0.5), wrong(0.5), right(1), wrong(0)])).toBe(0.125);
  });
});

describe("negative log-likelihood", () => {
  it("is clipped where a certainty was wrong", () =>
    expect(metric("nll", [wrong(1), right(1)])).toBeCloseTo(-Math.log(1e-12) / 2, 4));
});

describe("risk and coverage", () => {
  it("of many answers tends to r + (1 − r) ln(1 − r) at best", () => {
    const scores = Array.from({ length: 100_000 }, (_, i) => ({ score: -i, isRight: i < 70_000 }));
    const { aurc, "e-aurc": excess } = metricsOf(packScores(scores), ["aurc", "e-aurc"]);
    expect(aurc).toBeCloseTo(0.3 + 0.7 * Math.log(0.7), 4);
    expect(excess).toBe(0);
  });

  it("keeps whole answers, however the share rounds", () => {
    // 0.07 · 100 is 7.000000000000001.
    const scores = Array.from({ length: 100 }, (_, i) => ({ score: -i, isRight: i < 7 }));
    const { "selective-accuracy": accuracy } = metricsOf(packScores(scores), ["selective-accuracy"], {
      coverage: 0.07,
    });
    expect(accuracy).toBe(1);
  });
});

describe("within-question discrimination", () => {
  it("pools the pairs of all questions and leaves out questions without one", () => {
    // (0.6 against 0.5 and 0.6: 1.5 of 2), (0.9 against 0.95: 0 of 1), (none).
    const questions = [[right(0.6), wrong(0.5), wrong(0.6)], [right(0.9), wrong(0.95)], [right(0.1)]];
    expect(metricsOf(packQuestions(questions), ["wqd"]).wqd).toBeCloseTo(1.5 / 3, 12);
  });

  it("is not fooled by hard questions that score low throughout", () => {
    const questions = [
      [right(0.9), wrong(0.9)],
      [right(0.1), wrong(0.1), wrong(0.1)],
    ];
    const { wqd, auroc } = metricsOf(packQuestions(questions), ["wqd", "auroc"]);
    expect(wqd).toBe(0.5);
    expect(auroc).toBeGreaterThan(0.5);
  });

  it("is absent where questions are not known", () => expect(metric("wqd", [right(1), wrong(0)])).toBe("no-questions"));

  test.prop([fc.array(fc.array(graded, { maxLength: 8 }), { maxLength: 8 })], { seed: 43 })(
    "counts every pair",
    (questions) => {
      const won = questions.flatMap((scores) =>
        scores
          .filter(({ isRight }) => isRight)
          .flatMap((a) =>
            scores
              .filter(({ isRight }) => !isRight)
              .map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)),
          ),
      );
      const { wqd } = metricsOf(packQuestions(questions), ["wqd"]);
      if (won.length === 0) expect(typeof wqd).toBe("string");
      else expect(wqd).toBeCloseTo(won.reduce((sum: number, each) => sum + each, 0) / won.length, 12);
    },
  );
});
