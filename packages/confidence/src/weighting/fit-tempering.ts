import { buildWeighting, type SeparateWeighting, type WeightingSpec } from "@quorate/core";
import { answerCountOf } from "./answer-count.ts";
import { type FittedWeighting, fittedWhereItDiscriminates, type GradedQuestions } from "./fitted-weighting.ts";

/** The summed log-odds of a question's answers, the right one marked where it was given. */
interface Sums {
  readonly wrong: readonly number[];
  readonly right: number | undefined;
  /** Answers that nobody gave. */
  readonly unseen: number;
}

const leastTempering = 0.01;
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * Log-odds weights, tempered for samples of one model erring together. With independent votes and calibrated confidences
 * P(answer) ∝ exp(its summed log-odds) (Nitzan & Paroush 1982); γ in (0,1] is the power of these odds under which the right
 * answers are likeliest, a temperature for the vote as a whole: r copies of every vote give γ/r. The log-likelihood is
 * concave in γ. Tempering changes no winner and no share; it is for rules that read sums of log-odds as evidence.
 */
export function fitTempering(questions: GradedQuestions): FittedWeighting {
  return fittedWhereItDiscriminates(questions, "log-odds", () => {
    const spec: WeightingSpec = {
      form: "log-odds",
      tempering: 1,
      clip: 0.01,
      answers: answerCountOf(questions),
      allowNegative: false,
      missing: 0.5,
    };
    const sums = sumsOf(questions, { ...spec, allowNegative: true });
    return { ...spec, tempering: maximumOf((tempering) => logLikelihood(sums, tempering)) };
  });
}

function sumsOf(questions: GradedQuestions, spec: WeightingSpec): Sums[] {
  const { weigh } = buildWeighting(spec, {}) as SeparateWeighting;
  const answers = spec.answers as number;
  return questions.map((votes) => {
    const wrong = new Map<string, number>();
    let right: number | undefined;
    for (const { answer, confidence, isRight } of votes) {
      const weight = weigh(confidence);
      if (isRight) right = (right ?? 0) + weight;
      else wrong.set(answer, (wrong.get(answer) ?? 0) + weight);
    }
    const seen = wrong.size + (right === undefined ? 0 : 1);
    return { wrong: [...wrong.values()], right, unseen: Math.max(1, answers - seen) };
  });
}

/** An answer that nobody gave has odds of 1, as one that was neither spoken for nor against. */
function logLikelihood(sums: readonly Sums[], tempering: number): number {
  let total = 0;
  for (const { wrong, right, unseen } of sums) {
    const ofRight = tempering * (right ?? 0);
    const top = Math.max(0, ofRight, ...wrong.map((sum) => tempering * sum));
    let all = unseen * Math.exp(-top);
    if (right !== undefined) all += Math.exp(ofRight - top);
    for (const sum of wrong) all += Math.exp(tempering * sum - top);
    total += ofRight - top - Math.log(all);
  }
  return total;
}

/** Golden section search on a concave function over (0,1], to three digits: more would be noise. */
function maximumOf(height: (at: number) => number): number {
  let low = leastTempering;
  let high = 1;
  while (high - low > 1e-4) {
    const left = high - goldenRatio * (high - low);
    const right = low + goldenRatio * (high - low);
    if (height(left) < height(right)) low = left;
    else high = right;
  }
  return Number(((low + high) / 2).toFixed(3));
}
