import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { grouped, mean, percent, percentRange } from "../../text/numbers.ts";
import { type Card, cardList } from "../cards.ts";
import type { Html } from "../html.ts";
import { type Choice, keptAgreement, type Verdict } from "./verdict.ts";

/** The answer at a glance: the full vote, and what comes as far with less. */
export function evaluationCards(evaluation: EvaluationJson, verdict: Verdict | undefined): Html {
  const { questions, permutations, fullVote } = evaluation;
  const cards: Card[] = [
    { name: "Questions", value: grouped(questions), notes: [`${grouped(permutations)} orders of the samples of each`] },
  ];
  if (fullVote !== undefined) {
    const { accuracy, accuracyInterval, meanSamples } = fullVote;
    const right = accuracy === undefined ? [] : [`accuracy ${percent(accuracy)}`];
    const range = accuracyInterval === undefined ? [] : [`${percentRange(accuracyInterval)} (95 % interval)`];
    cards.push({ name: "Full vote", value: `${mean(meanSamples)} samples`, notes: [...right, ...range] });
    if (verdict !== undefined) {
      cards.push(
        choiceCard(
          "Same answers",
          verdict.sameAnswers,
          meanSamples,
          `at least ${percent(keptAgreement, 0)} of the time`,
        ),
      );
      if (verdict.sameAccuracy !== undefined) {
        cards.push(choiceCard("Same accuracy", verdict.sameAccuracy, meanSamples, "at most a point below"));
      }
    }
  }
  return cardList(cards);
}

function choiceCard(name: string, choice: Choice, full: number, bar: string): Card {
  if (choice.kind === "missed") return { name, value: "none", notes: [`no policy that stops early: ${bar}`] };
  const { policy, meanSamples } = choice.score;
  const saved = `${percent(1 - meanSamples / full, 0)} fewer`;
  const proven = choice.kind === "shown" ? bar : `perhaps: ${bar}, too few questions to tell`;
  return { name, value: `${mean(meanSamples)} samples`, notes: [`${policy}, ${saved}`, proven] };
}
