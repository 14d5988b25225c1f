import type { RunSummary } from "../summary/run-summary.ts";
import { counted, dollars, grouped, mean, percent, percentRange, rounded, unbroken } from "../text/numbers.ts";
import { type Html, html } from "./html.ts";
import type { ReportInput } from "./report-input.ts";

export interface Card {
  readonly name: string;
  readonly value: string;
  readonly notes: readonly string[];
}

/** The main figures. What is not known has no card, or says so. */
export function cards(input: ReportInput): Html {
  const { summary } = input;
  const all = [questions(summary), ...accuracy(summary), ...samples(summary), ...tokens(summary), cost(input)];
  return cardList(all);
}

export function cardList(all: readonly Card[]): Html {
  return html`<dl class="cards">${all.map(
    ({
      name,
      value,
      notes,
    }) => html`<div><dt>${name}</dt><dd><b>${unbroken(value)}</b>${notes.map((note) => html`<span>${unbroken(note)}</span>`)}</dd></div>
`,
  )}</dl>`;
}

function questions({ questions: all, decided, interim, failed }: RunSummary): Card {
  const notes = [
    interim === 0 ? "all decided" : `${grouped(decided)} decided, ${grouped(interim)} still open`,
    ...(failed > 0 ? [`${grouped(failed)} without an answer`] : []),
  ];
  return { name: "Questions", value: grouped(all), notes };
}

function accuracy({ accuracy: known }: RunSummary): Card[] {
  if (known === undefined) return [];
  const { value, interval, right, graded, groups } = known;
  const over = groups === graded ? "" : ` over ${counted(groups, "group")}`;
  const notes = [
    ...(interval === undefined ? [] : [`${percentRange(interval)} (95 % interval${over})`]),
    `${grouped(right)} of ${grouped(graded)} right`,
  ];
  return [{ name: "Accuracy", value: percent(value), notes }];
}

function samples(summary: RunSummary): Card[] {
  const { decided, meanSamples, meanRounds, savedSamples, speculatedSamples, fullVoteSamples } = summary;
  if (meanSamples === undefined || meanRounds === undefined) return [];
  const notes = [
    `per question; full vote: ${mean(fullVoteSamples / decided)}`,
    ...(savedSamples > 0 ? [`${grouped(savedSamples)} of ${grouped(fullVoteSamples)} saved`] : []),
    ...(speculatedSamples > 0 ? [`${grouped(speculatedSamples)} more to save rounds`] : []),
  ];
  return [
    { name: "Samples", value: meanSamples.toFixed(2), notes },
    { name: "Rounds", value: meanRounds.toFixed(2), notes: ["per question, one after the other"] },
  ];
}

function tokens({ usage }: RunSummary): Card[] {
  if (usage === undefined) return [];
  const { inputTokens, outputTokens, cachedInputTokens = 0 } = usage;
  const cached = cachedInputTokens > 0 ? `, ${rounded(cachedInputTokens)} of them cached` : "";
  // Recordings that count generated tokens only say 0 for the prompt.
  const notes = inputTokens > 0 ? [`and ${rounded(inputTokens)} in the prompts${cached}`] : [];
  return [{ name: "Tokens generated", value: rounded(outputTokens), notes }];
}

function cost({ summary, spent, run }: ReportInput): Card {
  const { questions: all, unpricedQuestions, costUsd } = summary;
  const recorded = spent?.recordedUsd ?? costUsd ?? 0;
  const presumed = spent?.presumedUsd ?? 0;
  const isUnpriced = unpricedQuestions > 0 && costUsd === undefined && recorded === 0;
  const notes = [
    ...(presumed > 0 ? [`and up to ${dollars(presumed)} presumed spent`] : []),
    ...(spent?.budgetUsd === undefined ? [] : [`of a budget of ${dollars(spent.budgetUsd)}`]),
    ...(isUnpriced || unpricedQuestions === 0 || unpricedQuestions === all
      ? []
      : [`without ${counted(unpricedQuestions, "question")} of unknown price`]),
  ];
  if (!isUnpriced) return { name: "Cost", value: dollars(recorded), notes };
  if (run.model.startsWith("replay:")) return { name: "Cost", value: "nothing", notes: ["recorded samples, replayed"] };
  return { name: "Cost", value: "unknown price", notes };
}
