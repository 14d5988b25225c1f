import type { Question, Sample } from "@quorate/core";
import type { DecisionLine } from "@quorate/runs";
import { decimal, dollars, percent } from "./numbers.ts";
import { safeText, shortened } from "./safe-text.ts";

export interface ToldQuestion {
  readonly question: Question;
  /** Each with the confidence that its vote had, where it had one. */
  readonly samples: readonly (Sample & { readonly confidence?: number })[];
  /** Absent while the question is open. */
  readonly decision: DecisionLine | undefined;
}

const barWidth = 24;

/** Everything about one question: what was asked, the samples in their waves, the votes, and why it stopped. */
export function questionLines({ question, samples, decision }: ToldQuestion): string[] {
  const lines = [safeText(question.id)];
  const text = question.text ?? question.messages?.map(({ content }) => content).join("\n");
  if (text !== undefined)
    lines.push(
      "",
      ...safeText(text, "keep line breaks")
        .split("\n")
        .map((line) => `  ${line}`),
    );
  if (question.gold !== undefined) lines.push("", `  gold: ${safeText(question.gold)}`);
  lines.push("", "  wave  sample  answer");
  for (const sample of samples)
    lines.push(
      `  ${String(sample.wave + 1).padStart(4)}  ${String(sample.index + 1).padStart(6)}  ${sampleText(sample)}`,
    );
  if (decision === undefined) return [...lines, "", "  not decided yet"];
  return [...lines, "", ...voteLines(decision.votes), "", ...verdictLines(decision)];
}

export function voteLines(votes: DecisionLine["votes"]): string[] {
  const total = votes.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
  const width = Math.min(40, Math.max(0, ...votes.map(({ answer }) => [...safeText(answer)].length)));
  return votes.slice(0, 12).map(({ answer, count, weight }) => {
    const share = total > 0 ? Math.max(0, weight) / total : 0;
    const bar = "█".repeat(Math.round(share * barWidth)).padEnd(barWidth, "·");
    return `  ${shortened(safeText(answer), width).padEnd(width)}  ${bar} ${percent(share, 0).padStart(5)}  ${count} ${count === 1 ? "vote" : "votes"}`;
  });
}

export function verdictLines(decision: DecisionLine): string[] {
  const {
    answer,
    correct,
    support,
    confidence,
    abstained,
    reason,
    certificate,
    sampleCount,
    savedSamples,
    rounds,
    costUsd,
    error,
  } = decision;
  const mark = correct === undefined ? "" : correct ? "  ✓ right" : "  ✗ wrong";
  const lines = [
    answer === null
      ? `  no answer${mark}`
      : `  answer ${safeText(answer)}${mark}${abstained === true ? "  (abstained)" : ""}`,
    `  support ${percent(support)}${confidence === undefined ? "" : `, confidence ${decimal(confidence)}`}`,
    `  stopped by ${reason}: ${promises[certificate]}`,
    `  ${sampleCount} samples in ${rounds} ${rounds === 1 ? "round" : "rounds"}, ${savedSamples} of the full vote saved`,
  ];
  if (costUsd !== undefined) lines.push(`  cost ${dollars(costUsd)}`);
  if (error !== undefined) lines.push(`  error: ${safeText(error)}`);
  return lines;
}

/** What each certificate means, in a few words. */
const promises: Readonly<Record<DecisionLine["certificate"], string>> = {
  heuristic: "a rule of thumb, no promise in numbers",
  predictive: "the full vote would probably agree",
  conformal: "tuned to agree with the full vote",
  "risk-controlled": "tuned to a bounded disagreement with the full vote",
  anytime: "the error is bounded however often one looks",
  curtailed: "the full vote could not change it",
};

function sampleText(sample: ToldQuestion["samples"][number]): string {
  const { extraction, finishReason, signals, confidence, detail, latencyMs } = sample;
  const answer = extraction.kind === "answer" ? shortened(safeText(extraction.answer), 60) : `— (${extraction.reason})`;
  const notes = [
    ...(finishReason === "length" ? ["cut off"] : []),
    ...Object.entries(signals).map(
      ([kind, reading]) => `${kind} ${typeof reading === "number" ? decimal(reading, 3) : reading}`,
    ),
    ...(confidence === undefined ? [] : [`confidence ${decimal(confidence, 3)}`]),
    ...(latencyMs === undefined ? [] : [`${Math.round(latencyMs)} ms`]),
    ...(detail === undefined ? [] : [shortened(safeText(detail), 80)]),
  ];
  return notes.length === 0 ? answer : `${answer}   ${notes.join(", ")}`;
}
