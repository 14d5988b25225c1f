import { buildWeighting, type SeparateWeighting, Tally, type WeightingSpec } from "@quorate/core";
import { type FittedWeighting, fittedWhereItDiscriminates, type GradedQuestions } from "./fitted-weighting.ts";

/** From all but the best of confidences to nearly plain counts, evenly in logarithms; CISC too tries about so many. */
const temperatures = Array.from({ length: 80 }, (_, i) => Number((0.01 * 1000 ** (i / 79)).toPrecision(3)));

/**
 * CISC (Taubenfeld et al. 2502.06233): the temperature of softmax weights under which most calibration questions are decided
 * right. Of equally good ones the highest, which is the nearest to plain counts.
 *
 * @param votes of how many samples a decision will be made; recorded votes are taken in runs of so many, all by default
 */
export function fitTemperature(questions: GradedQuestions, votes = Number.POSITIVE_INFINITY): FittedWeighting {
  return fittedWhereItDiscriminates(questions, "softmax", () => {
    const ballots = questions.flatMap((question) => runsOf(question, votes));
    let best: WeightingSpec = { form: "count" };
    let mostRight = -1;
    for (const temperature of temperatures) {
      const spec: WeightingSpec = { form: "softmax", temperature, missing: 0.5 };
      const right = rightDecisions(ballots, spec);
      if (right >= mostRight) {
        mostRight = right;
        best = spec;
      }
    }
    return best;
  });
}

function runsOf<Vote>(all: readonly Vote[], length: number): (readonly Vote[])[] {
  if (all.length <= length) return [all];
  return Array.from({ length: Math.floor(all.length / length) }, (_, i) => all.slice(i * length, (i + 1) * length));
}

function rightDecisions(ballots: GradedQuestions, spec: WeightingSpec): number {
  const { weigh } = buildWeighting(spec, {}) as SeparateWeighting;
  let right = 0;
  for (const votes of ballots) {
    let tally = Tally.empty();
    for (const { answer, confidence } of votes) tally = tally.add(answer, weigh(confidence));
    const winner = tally.byWeight.leader?.answer;
    if (votes.some(({ answer, isRight }) => isRight && answer === winner)) right += 1;
  }
  return right;
}
