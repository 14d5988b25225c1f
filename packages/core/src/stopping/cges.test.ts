import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { abstention, verdictAfter, vote } from "./__fixtures__/verdict-after.ts";
import { type AnswerSum, withVote } from "./answer-sums.ts";
import { CgesPosterior } from "./cges-posterior.ts";

type Vote = readonly [answer: string, confidence: number];

/** The definition, factor by factor, in the order of the answers; OTHER last. */
function byDefinition(votes: readonly Vote[], answers: number | undefined): Map<string, number> {
  const seen = [...new Set(votes.map(([answer]) => answer))];
  const hypotheses = answers !== undefined && seen.length >= answers ? seen : [...seen, "OTHER"];
  const possible = answers === undefined ? seen.length + 1 : Math.max(answers, seen.length);
  const joint = hypotheses.map((hypothesis) =>
    votes.reduce((product, [answer, c]) => product * (answer === hypothesis ? c : (1 - c) / (possible - 1)), 1),
  );
  const sum = joint.reduce((a, b) => a + b, 0);
  return new Map(hypotheses.map((hypothesis, i) => [hypothesis, joint[i]! / sum]));
}

function logitsOf(posterior: CgesPosterior, votes: readonly Vote[]): readonly AnswerSum[] {
  return votes.reduce<readonly AnswerSum[]>((sums, [answer, c]) => withVote(sums, answer, posterior.logit(c)), []);
}

function shares(posterior: CgesPosterior, votes: readonly Vote[]): number[] {
  const scores = posterior.scores(logitsOf(posterior, votes)).map(Math.exp);
  const sum = scores.reduce((a, b) => a + b, 0);
  return scores.map((score) => score / sum);
}

const zip = (answers: string, confidences: readonly number[]): Vote[] =>
  [...answers].map((answer, i) => [answer, confidences[i]!]);
const samplesOf = (votes: readonly Vote[]) => votes.map(([answer, c]) => vote(answer, c));

describe("the posterior", () => {
  it.each([
    ["A", [0.9], undefined, [0.9, 0.1]],
    ["A", [0.1], undefined, [0.1, 0.9]],
    ["AA", [0.8, 0.8], undefined, [0.941176470588, 0.0588235294118]],
    ["AAB", [0.8, 0.7, 0.6], undefined, [0.903225806452, 0.0725806451613, 0.0241935483871]],
    ["AAAB", [0.9, 0.85, 0.8, 0.95], undefined, [0.976660682226, 0.0227408737283, 0.000598444045482]],
    ["ABC", [0.4, 0.35, 0.3], undefined, [0.338919925512, 0.27374301676, 0.217877094972, 0.169459962756]],
    ["AAB", [0.8, 0.7, 0.6], 4, [0.938547486034, 0.0502793296089, 0.0111731843575]],
  ])("of %s with %j and K %s is the published one", (answers, confidences, possible, expected) => {
    const given = shares(new CgesPosterior(possible, 0.01), zip(answers, confidences));
    expect(given).toHaveLength(expected.length);
    given.forEach((share, i) => {
      expect(Math.abs(share - expected[i]!)).toBeLessThan(1e-9);
    });
  });

  const votes = fc.array(
    fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.double({ min: 0.05, max: 0.95, noNaN: true })),
    { minLength: 1, maxLength: 12 },
  );
  test.prop([votes, fc.constantFrom(undefined, 2, 3, 7)], { seed: 43 })(
    "is what the definition says",
    (given, possible) => {
      const expected = [...byDefinition(given, possible).values()];
      const actual = shares(new CgesPosterior(possible, 0.05), given);
      expect(actual).toHaveLength(expected.length);
      actual.forEach((share, i) => {
        expect(Math.abs(share - expected[i]!)).toBeLessThan(1e-9);
      });
    },
  );

  it("keeps confidence away from certainty on both sides", () => {
    expect(shares(new CgesPosterior(undefined, 0.02), [["A", 1]])[0]).toBeCloseTo(0.98, 12);
    expect(shares(new CgesPosterior(undefined, 0.02), [["A", 0]])[0]).toBeCloseTo(0.02, 12);
  });
});

/** Every future of few votes, each at either end of the range or in the middle, for any answer seen or for a new one. */
function soonestStop(spec: object, history: readonly Vote[], clip: number, horizon: number): number {
  for (let length = 1; length <= horizon; length += 1) {
    if (someFutureStops(spec, history, clip, length)) return length;
  }
  return horizon + 1;
}

function someFutureStops(spec: object, history: readonly Vote[], clip: number, length: number): boolean {
  if (length === 0) return verdictAfter({ rule: "cges", ...spec }, samplesOf(history)).stop;
  const seen = [...new Set(history.map(([answer]) => answer))];
  return [...seen, `new ${seen.length}`].some((answer) =>
    [clip, 0.5, 1 - clip].some((c) => someFutureStops(spec, [...history, [answer, c]], clip, length - 1)),
  );
}

describe("cges", () => {
  it("stops on the mode once it reaches the level", () => {
    const votes = samplesOf(zip("AAAB", [0.9, 0.85, 0.8, 0.95]));
    expect(verdictAfter({ rule: "cges", level: 0.9766 }, votes)).toEqual({
      stop: true,
      answer: "A",
      reason: "cges",
      certificate: "heuristic",
    });
    expect(verdictAfter({ rule: "cges", level: 0.9767 }, votes)).toEqual({ stop: false, need: 1 });
  });

  it("decides by confidence and not by number, also when all samples are drawn", () => {
    const votes = samplesOf(zip("AAB", [0.3, 0.3, 0.9]));
    expect(verdictAfter({ rule: "cges", level: 0.99 }, votes, { maxSamples: 3 })).toEqual({
      stop: true,
      answer: "B",
      reason: "max-samples",
      certificate: "curtailed",
    });
    expect(verdictAfter({ rule: "cges" }, [abstention], { maxSamples: 1 }).stop).toBe(false);
  });

  it("lets OTHER end it only where it may win", () => {
    const votes = samplesOf(zip("AA", [0.1, 0.1]));
    expect(verdictAfter({ rule: "cges" }, votes)).toMatchObject({ stop: false });
    expect(verdictAfter({ rule: "cges", other: "may-win" }, votes)).toEqual({
      stop: true,
      answer: "A",
      reason: "cges-other",
      certificate: "heuristic",
    });
    // With both of two possible answers seen there is no other.
    const both = samplesOf(zip("AB", [0.1, 0.1]));
    expect(verdictAfter({ rule: "cges", other: "may-win", answers: 2 }, both)).toMatchObject({ stop: false });
  });

  it("counts a vote without confidence as one of the confidence that it is told", () => {
    expect(verdictAfter({ rule: "cges", missing: 0.96 }, [vote("A")])).toMatchObject({ stop: true, answer: "A" });
    expect(verdictAfter({ rule: "cges" }, [vote("A")])).toMatchObject({ stop: false });
  });

  it("needs as many of the surest votes as the level asks for", () => {
    expect(verdictAfter({ rule: "cges", clip: 0.1, level: 0.95 }, [])).toEqual({ stop: false, need: 2 });
    // Six for one answer, but four and one doubtful other reach it too: the other raises K.
    expect(verdictAfter({ rule: "cges", clip: 0.3, level: 0.99 }, [])).toEqual({ stop: false, need: 5 });
    const five = zip("AAAAB", [0.7, 0.7, 0.7, 0.7, 0.3]);
    expect(verdictAfter({ rule: "cges", clip: 0.3, level: 0.99 }, samplesOf(five))).toMatchObject({ stop: true });
    const disputed = samplesOf(zip("AB", [0.9, 0.9]));
    expect(verdictAfter({ rule: "cges", clip: 0.1, level: 0.99 }, disputed)).toEqual({ stop: false, need: 2 });
  });

  it("knows that a new answer lifts an answer of many doubtful votes", () => {
    const doubtful = zip("A".repeat(12), new Array<number>(12).fill(0.35));
    const spec = { level: 0.95, clip: 0.3 };
    // Votes for A alone would take more: 12 times log 2 come with the first new answer.
    const alone = doubtful.map(([, c]) => Math.log(c / (1 - c))).reduce((a, b) => a + b, 0);
    expect(Math.ceil((Math.log(19) - alone) / Math.log(7 / 3))).toBe(13);
    const soonest = soonestStop(spec, doubtful, 0.3, 3);
    const verdict = verdictAfter({ rule: "cges", ...spec }, samplesOf(doubtful));
    expect(verdict.stop || verdict.need).toBe(soonest);
    expect(soonest).toBeLessThanOrEqual(3);
  });

  const history = fc.array(
    fc.tuple(
      fc.constantFrom("a", "a", "b"),
      fc.oneof(fc.constantFrom(0.2, 0.35), fc.double({ min: 0.2, max: 0.8, noNaN: true })),
    ),
    { maxLength: 9 },
  );
  const specs = [
    { level: 0.9 },
    { level: 0.98 },
    { level: 0.95, answers: 2 },
    { level: 0.99, answers: 4 },
    { level: 0.8, other: "may-win" },
    { level: 0.97, other: "may-win", answers: 3 },
  ].map((spec) => ({ ...spec, clip: 0.2 }));
  test.prop([history, fc.constantFrom(...specs)], { seed: 47, numRuns: 100 })(
    "never needs more than the quickest future takes",
    (votes, spec) => {
      const verdict = verdictAfter({ rule: "cges", ...spec }, samplesOf(votes));
      if (!verdict.stop) expect(verdict.need).toBeLessThanOrEqual(soonestStop(spec, votes, 0.2, 3));
    },
  );
});
