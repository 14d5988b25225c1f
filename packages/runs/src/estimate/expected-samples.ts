import { advance, compilePolicy, openQuestion, type Policy } from "@quorate/core";
import { seededRandom } from "@quorate/providers";

/** How samples and rounds a question come out for questions of one difficulty. */
export interface ExpectedSamples {
  readonly samples: number;
  readonly rounds: number;
}

/** How often the model gives its most frequent answer. */
export const difficulties = { easy: 0.95, mixed: 0.75, hard: 0.45 } as const;

const simulatedQuestions = 400;
/** Wrong answers that share what the most frequent one leaves, each half as likely as the one before. */
const otherAnswers = 4;

/**
 * The very reducer on made-up votes: without a recording nobody knows how a model will agree with itself, so this shows
 * the range. Confidence, where the policy reads one, is higher for the most frequent answer.
 */
export function expectedSamples(policy: Policy, maxSamples: number, topProbability: number): ExpectedSamples {
  const compiled = compilePolicy(policy);
  // Only where the rule cannot do without: elsewhere a question that lists its options may weigh its votes differently.
  const limits = { maxSamples, ...(compiled.needsAnswerCount && { optionCount: otherAnswers + 1 }) };
  const random = seededRandom("estimate", topProbability);
  let samples = 0;
  let rounds = 0;
  for (let question = 0; question < simulatedQuestions; question += 1) {
    let step = advance(openQuestion(compiled, limits), { type: "question-opened" });
    for (let index = 0; !step.state.decided; index += 1) {
      const answer = draw(topProbability, random);
      const confidence = answer === "0" ? 0.5 + 0.5 * random() : 0.8 * random();
      const ballot = { kind: "answer", answer, ...(compiled.calibrated && { confidence }) } as const;
      step = advance(step.state, { type: "sample-recorded", index, ballot });
    }
    samples += step.state.tally.sampleCount;
    rounds += step.state.rounds;
  }
  return { samples: samples / simulatedQuestions, rounds: rounds / simulatedQuestions };
}

function draw(topProbability: number, random: () => number): string {
  if (random() < topProbability) return "0";
  let answer = 1;
  while (answer < otherAnswers && random() < 0.5) answer += 1;
  return String(answer);
}
