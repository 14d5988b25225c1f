import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { momentAfter, verdictOf } from "./__fixtures__/verdicts.ts";

/** Rules that look at nothing but counts; the tests as intended remember, and `window` looks at the order. */
const ofCounts = [
  { rule: "beta", level: 0.8 },
  { rule: "lead", margin: 2 },
  { rule: "dirichlet", level: 0.7 },
  { rule: "dirichlet", level: 0.7, answers: 4 },
  { rule: "entropy", level: 0.85 },
  { rule: "majority", level: 0.6 },
  { rule: "sprt" },
  { rule: "sprt", p1: 0.7, alpha: 0.2, beta: 0.5 },
  { rule: "msprt", prior: 2, alpha: 0.2, beta: 0.6 },
  { rule: "msprt", form: "intended", alpha: 0.4 },
];

const letters = fc.array(fc.constantFrom("A", "A", "A", "B", "B", "C", "D", "-"), { minLength: 1, maxLength: 14 });
const shuffled = letters.chain((votes) =>
  fc.tuple(
    fc.constant(votes.join("")),
    fc.shuffledSubarray(votes, { minLength: votes.length }).map((votes) => votes.join("")),
  ),
);

describe("the order of the votes", () => {
  test.prop([fc.constantFrom(...ofCounts), shuffled], { seed: 41, numRuns: 1000 })(
    "does not matter to a rule of counts, but for who leads a tie",
    (spec, [one, other]) => {
      const [a, b] = [momentAfter(spec, one), momentAfter(spec, other)];
      fc.pre(a.tally.byCount.leader?.answer === b.tally.byCount.leader?.answer);
      expect(verdictOf(a)).toEqual(verdictOf(b));
    },
  );

  test.prop([fc.constantFrom({ rule: "crp", level: 0.7 }, { rule: "crp", horizon: 16 }), letters], {
    seed: 43,
    numRuns: 300,
  })("does not matter to crp, but for which answer was seen first", (spec, votes) => {
    const seen = [...new Set(votes)];
    const grouped = seen.flatMap((letter) => votes.filter((vote) => vote === letter));
    const maxSamples = 24;
    expect(verdictOf(momentAfter(spec, grouped.join(""), { maxSamples }))).toEqual(
      verdictOf(momentAfter(spec, votes.join(""), { maxSamples })),
    );
  });
});
