import { presetNamed, setParameter } from "@quorate/core";
import { openTrace, seededPermutation } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { sharedTrace } from "../__fixtures__/shared-traces.ts";
import { type CalibrationQuestion, replayForCalibration } from "./calibration-replays.ts";
import { learnThenTest } from "./learn-then-test.ts";
import { tunableParameter } from "./levels.ts";

const repeats = 200;
const delta = 0.1;
/** P(Bin(200, 0.1) > 34) < 0.0005: more than chance explains. */
const mostViolations = 34;

const asc = presetNamed("asc");
const { path, strictToLoose: levels } = tunableParameter(asc);
const policies = levels.map((level) => setParameter(asc, `${path}=${level}`));

async function lossesIn(file: string, maxSamples: number): Promise<readonly CalibrationQuestion[]> {
  const trace = await openTrace(file);
  const { questions } = await replayForCalibration({
    ...{ trace, policies, maxSamples, estimate: () => undefined, risk: "disagreement", permutations: 1 },
    ...{ seed: 1, grading: {} },
  });
  await trace.close();
  return questions;
}

const sumAt = (questions: readonly CalibrationQuestion[], place: number) =>
  questions.reduce((sum, { policies: at }) => sum + at[place]!.loss, 0);

describe("on recorded samples of real models, tuned on 200 random parts", () => {
  it.each([
    ["epoch_otis_aime", 8],
    ["linwei_mmlupro_panel30", 16],
    ["vcot_date_gpt35", 10],
  ])(
    "%s: the risk over the whole breaks ε no more often than δ says",
    async (name, maxSamples) => {
      const file = sharedTrace(name);
      if (file === undefined) return;
      const all = await lossesIn(file, maxSamples);
      const risks = levels.map((_, place) => sumAt(all, place) / all.length);
      // Just under what a level risks: whoever picks it is wrong.
      for (const epsilon of new Set(risks.filter((risk) => risk > 0.008).map((risk) => risk * 0.999))) {
        let broken = 0;
        for (let repeat = 0; repeat < repeats; repeat += 1) {
          const order = seededPermutation(all.length, "part", repeat);
          const part = [...order.subarray(0, Math.floor(all.length / 2))].map((at) => all[at]!);
          const tested = learnThenTest(
            levels.map((_, place) => ({ place, count: part.length, sum: sumAt(part, place), isBinary: true })),
            epsilon,
            delta,
          );
          const chosen = tested.findLast(({ passed }) => passed);
          if (chosen !== undefined && risks[chosen.place]! > epsilon) broken += 1;
        }
        console.log(
          `${name}: ${broken} of ${repeats} parts chose a level whose risk is over ε = ${epsilon.toFixed(4)}`,
        );
        expect(broken).toBeLessThanOrEqual(mostViolations);
      }
    },
    120_000,
  );
});
