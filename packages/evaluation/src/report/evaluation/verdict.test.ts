import { describe, expect, it } from "vitest";
import { evaluationOf, fullVoteScore, gainOf, scoreOf } from "../../__fixtures__/evaluation-of.ts";
import { evaluationHeadline, evaluationRemarks } from "./evaluation-headline.ts";
import { accuracyGain, verdictOf } from "./verdict.ts";

const near = scoreOf("near", { meanSamples: 9 });
const loose = scoreOf("loose", { meanSamples: 4, agreement: 0.985, agreementInterval: { low: 0.98, high: 0.992 } });
const unsure = scoreOf("unsure", { meanSamples: 5, agreement: 1, agreementInterval: { low: 0.963, high: 1 } });

const told = (evaluation: ReturnType<typeof evaluationOf>) => {
  const verdict = verdictOf(evaluation);
  return {
    headline: evaluationHeadline(evaluation, verdict),
    remarks: evaluationRemarks(evaluation, verdict).join(" "),
  };
};

describe("verdict", () => {
  it("names the fewest samples among policies whose whole interval keeps the full vote's answers", () => {
    const evaluation = evaluationOf([fullVoteScore(), near, scoreOf("far", { meanSamples: 12 }), loose, unsure]);
    expect(verdictOf(evaluation)?.sameAnswers).toEqual({ kind: "shown", score: near });
    expect(told(evaluation).headline).toBe(
      "Of 5 policies on 100 questions, near keeps the full vote’s answer at least 99 % of the time with the fewest samples: 9 instead of 16, agreement 99.50 % (99.10–99.80).",
    );
  });

  it("says that a policy may, where its interval leaves it open", () => {
    const evaluation = evaluationOf([fullVoteScore(), loose, unsure]);
    expect(verdictOf(evaluation)?.sameAnswers).toEqual({ kind: "open", score: unsure });
    expect(told(evaluation).headline).toMatch(
      /none that stops early is shown to .*; unsure may, with 5 instead of 16 samples/,
    );
  });

  it("says so where no policy keeps the answers, where none stops early, and where there is none", () => {
    expect(told(evaluationOf([fullVoteScore(), loose])).headline).toMatch(/none that stops early keeps/);
    expect(told(evaluationOf([fullVoteScore()])).headline).toBe(
      "On 100 questions, none stops before the full vote of 16 samples.",
    );
    expect(told(evaluationOf([])).headline).toBe("Nothing could be compared.");
  });

  it("takes the better agreement where all have the same samples", () => {
    const other = scoreOf("other", { meanSamples: 9.001, agreement: 0.999 });
    expect(verdictOf(evaluationOf([fullVoteScore(), near, other]))?.sameAnswers).toEqual({
      kind: "shown",
      score: other,
    });
  });

  it("judges accuracy by the paired difference from the full vote, and only where that is the baseline", () => {
    const fine = scoreOf("fine", { meanSamples: 6, agreement: 0.9, ...gainOf(-0.002, -0.009, 0.005) });
    const worse = scoreOf("worse", { meanSamples: 3, ...gainOf(-0.02, -0.03, -0.01) });
    const better = scoreOf("better", { meanSamples: 16, ...gainOf(0.02, 0.01, 0.03) });
    const graded = { graded: 100, fullVote: { meanSamples: 16, accuracy: 0.7 } };
    const evaluation = evaluationOf([fullVoteScore({ accuracy: 0.7 }), fine, worse, better], graded);
    expect(verdictOf(evaluation)).toMatchObject({
      sameAccuracy: { kind: "shown", score: { policy: "fine" } },
      moreAccurate: { policy: "better" },
    });
    expect(told(evaluation).remarks).toMatch(
      /fine loses at most a point .* −0\.20 points \(−0\.90 to \+0\.50\).*Right more often than the full vote: better, \+2\.00 points/,
    );
    const other = evaluationOf([loose, fine, worse, better], graded);
    expect(accuracyGain(other, fine)).toBeUndefined();
    expect(verdictOf(other)).not.toHaveProperty("sameAccuracy");
  });

  it("leaves accuracy open where the interval does, and says where all lose", () => {
    const graded = { graded: 100, fullVote: { meanSamples: 16, accuracy: 0.7 } };
    const with1 = (gain: ReturnType<typeof gainOf>) =>
      told(evaluationOf([fullVoteScore({ accuracy: 0.7 }), scoreOf("one", gain)], graded)).remarks;
    expect(with1(gainOf(0, -0.012, 0.012))).toContain("is shown to lose less than a point of accuracy; one may");
    expect(with1(gainOf(-0.05, -0.07, -0.03))).toContain("loses more than a point of accuracy");
    expect(with1(gainOf(0, -0.004, 0.004))).toContain("Its accuracy is 70.0 %, 0.00 points");
  });

  it("warns of a policy picked among several, and of missing gold", () => {
    const { remarks } = told(evaluationOf([fullVoteScore(), near]));
    expect(remarks).toContain("No question has a gold answer");
    expect(remarks).toContain("picked from several on these questions looks better than it is");
  });
});
