import { ballotOf } from "@quorate/confidence";
import { compilePolicy, fullVoteOf, presetNamed, setParameter } from "@quorate/core";
import { seededRandom } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { clarities } from "../__fixtures__/coin-votes.ts";
import { recordedQuestion } from "../__fixtures__/trace-of.ts";
import { replay } from "../replay/replay.ts";
import { conformalThreshold } from "./conformal.ts";
import { learnThenTest } from "./learn-then-test.ts";
import { tunableParameter } from "./levels.ts";

const maxSamples = 9;
const calibrations = 200;
const delta = 0.1;
/** P(Bin(200, 0.1) > 34) < 0.0005: more than chance explains. */
const mostViolations = 34;

const asc = presetNamed("asc");
const { path, strictToLoose: levels } = tunableParameter(asc);
const policies = levels.map((level) => compilePolicy(setParameter(asc, `${path}=${level}`)));
const fullVote = compilePolicy(fullVoteOf(asc));

const inOrder = Array.from({ length: maxSamples }, (_, place) => place);

/** Every sequence of nine votes on A or B as a bit pattern, and the levels that lose it. */
const lossesOf = Array.from({ length: 2 ** maxSamples }, (_, bits) => {
  const letters = inOrder.map((place) => ((bits >> place) & 1 ? "A" : "B")).join("");
  const ballots = recordedQuestion("q", letters).samples.map((sample) => ballotOf(sample, () => undefined));
  const answer = (policy: typeof fullVote) => replay(policy, { maxSamples }, ballots, inOrder).decision.answer;
  const full = answer(fullVote);
  return policies.map((policy) => Number(answer(policy) !== full));
});

/** The true risk of each level: every sequence by its probability, no sampling. */
const trueRisks = levels.map((_, place) => {
  let risk = 0;
  for (const clarity of clarities) {
    lossesOf.forEach((losses, bits) => {
      const heads = inOrder.filter((at) => (bits >> at) & 1).length;
      risk += (losses[place]! * clarity ** heads * (1 - clarity) ** (maxSamples - heads)) / clarities.length;
    });
  }
  return risk;
});

/** Losses of independent questions of the population: which of the sequences each of them showed. */
function calibration(count: number, seed: string): readonly (readonly number[])[] {
  const random = seededRandom("validity", seed);
  return Array.from({ length: count }, () => {
    const clarity = clarities[Math.floor(random() * clarities.length)]!;
    return lossesOf[inOrder.reduce((bits, at) => bits | (Number(random() < clarity) << at), 0)]!;
  });
}

const lostAt = (drawn: readonly (readonly number[])[], place: number) =>
  drawn.reduce((sum, losses) => sum + losses[place]!, 0);

describe("over 200 calibrations of a population whose risk is known", () => {
  it("the grid spans risks from none to several per cent", () => {
    expect(trueRisks[0]).toBeLessThan(1e-3);
    expect(Math.max(...trueRisks)).toBeGreaterThan(0.05);
  });

  // Bounds a hair under the true risk of a level: whoever picks that level is wrong, and it looks right half of the time.
  const tempting = [...new Set(trueRisks)].filter((risk) => risk > 0.008).map((risk) => risk * 0.9999);

  it.each(tempting)(
    "a tested level breaks ε = %f at most as often as δ says; one picked by its looks does not",
    (epsilon) => {
      let [broken, brokenByLooks] = [0, 0];
      for (let repeat = 0; repeat < calibrations; repeat += 1) {
        const drawn = calibration(500, `${epsilon} ${repeat}`);
        const candidates = levels.map((_, place) => ({
          ...{ place, count: drawn.length, sum: lostAt(drawn, place), isBinary: true },
        }));
        const chosen = learnThenTest(candidates, epsilon, delta).findLast(({ passed }) => passed);
        if (chosen !== undefined && trueRisks[chosen.place]! > epsilon) broken += 1;
        const byLooks = candidates.findLast(({ sum, count }) => sum / count <= epsilon);
        if (byLooks !== undefined && trueRisks[byLooks.place]! > epsilon) brokenByLooks += 1;
      }
      expect(broken).toBeLessThanOrEqual(mostViolations);
      expect(brokenByLooks).toBeGreaterThan(mostViolations);
    },
  );

  it.each([0.01, 0.02, 0.05])("a conformal level keeps ε = %f on average", (epsilon) => {
    const risks = Array.from({ length: calibrations }, (_, repeat) => {
      const drawn = calibration(199, `${epsilon} conformal ${repeat}`);
      const maxima = drawn.map((losses) => {
        const strictest = losses.indexOf(1);
        return strictest === -1 ? 0 : levels.length - strictest;
      });
      const place = levels.length - 1 - (conformalThreshold(maxima, epsilon) ?? levels.length);
      return place < 0 ? 0 : trueRisks[place]!;
    });
    const mean = risks.reduce((a, b) => a + b, 0) / calibrations;
    const spread = Math.sqrt(risks.reduce((sum, risk) => sum + (risk - mean) ** 2, 0)) / calibrations;
    expect(mean).toBeLessThanOrEqual(epsilon + 3 * spread);
    // Not by never stopping.
    expect(mean).toBeGreaterThan(epsilon / 5);
  });
});
