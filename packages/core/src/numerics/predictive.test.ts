import { describe, expect, it } from "vitest";
import { logBinomial, logFactorial } from "./log-factorial.ts";
import { probabilityToKeepLead } from "./predictive.ts";

describe("logFactorial", () => {
  it.each([
    [0, 0],
    [5, Math.log(120)],
    [170, 706.573062245787],
    [10_000, 82108.92783681436],
  ])("of %i", (n, expected) => expect(Math.abs(logFactorial(n) - expected)).toBeLessThan(1e-10));

  it("gives binomials", () => expect(Math.exp(logBinomial(10, 3))).toBeCloseTo(120, 10));
});

/** Full vote of 40: votes for the first, the second and others; kept with ties won, with ties lost, over three classes. */
const published = [
  [3, 0, 0, 0.952157598499, 0.940900562852, 0.94512195122],
  [4, 0, 0, 0.979311393946, 0.972846204554, 0.97543228031],
  [5, 0, 0, 0.991379747477, 0.987931646468, 0.989368355222],
  [6, 1, 0, 0.981643932863, 0.973530754019, 0.976529732627],
  [7, 1, 0, 0.991969796848, 0.987544426569, 0.989243891683],
  [8, 2, 0, 0.987555021583, 0.979979586195, 0.98264826589],
  [9, 2, 1, 0.993092926074, 0.993092926074, 0.993055200131],
  [10, 5, 3, 0.950425964001, 0.950425964001, 0.950256764916],
  [12, 8, 0, 0.92112131233, 0.862159087517, 0.875185318367],
  [12, 8, 6, 0.944629298254, 0.879787525592, 0.916501000283],
  [15, 12, 5, 0.885761957731, 0.885761957731, 0.869685860443],
  [20, 15, 0, 1, 0.979311393946, 0.981774323238],
  [20, 18, 0, 1, 0.768292682927, 0.779326364692],
  [21, 18, 0, 1, 1, 1],
] as const;

type State = Parameters<typeof probabilityToKeepLead>[0];

/** Vote by vote from the predictive shares (v + 1)/(n + classes): the definition, in exponential time. */
function byDefinition({ leader, runnerUp, rest, left, tieKept }: State): number {
  if (left === 0) return leader > runnerUp || (tieKept && leader === runnerUp) ? 1 : 0;
  const [third, classes] = rest === undefined ? [0, 2] : [rest, 3];
  const votes = leader + runnerUp + third + classes;
  const after = (more: Partial<State>) =>
    byDefinition({ leader, runnerUp, ...(rest !== undefined && { rest }), left: left - 1, tieKept, ...more });
  return (
    ((leader + 1) * after({ leader: leader + 1 }) + (runnerUp + 1) * after({ runnerUp: runnerUp + 1 })) / votes +
    (rest === undefined ? 0 : ((rest + 1) * after({ rest: rest + 1 })) / votes)
  );
}

describe("probabilityToKeepLead", () => {
  it.each(published)("%i to %i, %i for others", (leader, runnerUp, rest, kept, strict, three) => {
    const left = 40 - leader - runnerUp - rest;
    const value = (tieKept: boolean) => probabilityToKeepLead({ leader, runnerUp, left, tieKept });
    expect(Math.abs(value(true) - kept)).toBeLessThan(1e-9);
    expect(Math.abs(value(false) - strict)).toBeLessThan(1e-9);
    expect(Math.abs(probabilityToKeepLead({ leader, runnerUp, rest, left, tieKept: false }) - three)).toBeLessThan(
      1e-9,
    );
  });

  it("is what the definition says, vote by vote", () => {
    for (const tieKept of [true, false]) {
      for (let leader = 0; leader <= 4; leader += 1) {
        for (let runnerUp = 0; runnerUp <= 4; runnerUp += 1) {
          for (let left = 0; left <= 5; left += 1) {
            const two = { leader, runnerUp, left, tieKept };
            expect(probabilityToKeepLead(two)).toBeCloseTo(byDefinition(two), 12);
            const three = { ...two, rest: (leader + left) % 3 };
            expect(probabilityToKeepLead(three)).toBeCloseTo(byDefinition(three), 12);
          }
        }
      }
    }
  });

  it("stays a probability for many votes", () => {
    expect(probabilityToKeepLead({ leader: 2000, runnerUp: 0, left: 8000, tieKept: false })).toBeCloseTo(1, 10);
    const even = { leader: 3000, runnerUp: 3000, left: 4000 };
    const [won, lost] = [true, false].map((tieKept) => probabilityToKeepLead({ ...even, tieKept })) as [number, number];
    // By symmetry the chance of a tie is what lies between, half on each side.
    expect(won + lost).toBeCloseTo(1, 9);
  });
});
