import type { RunSummary } from "../summary/run-summary.ts";
import { counted, grouped, mean, percent, percentRange } from "../text/numbers.ts";

/** The run in a sentence or two. */
export function headline(summary: RunSummary): string {
  const { decided, interim, failed, accuracy, meanSamples } = summary;
  if (decided === 0 || meanSamples === undefined) {
    return interim === 0 ? "No question is decided yet." : `${counted(interim, "question")} open, none decided yet.`;
  }
  const sentences = [`${counted(decided, "question")} decided with ${effort(summary, meanSamples)}.`];
  if (accuracy !== undefined) {
    const range = accuracy.interval === undefined ? "" : ` (${percentRange(accuracy.interval)})`;
    sentences.push(`Accuracy ${percent(accuracy.value)}${range}.`);
  }
  const rest = [
    ...(failed > 0 ? [`${grouped(failed)} without an answer`] : []),
    ...(interim > 0 ? [`${grouped(interim)} still open`] : []),
  ];
  if (rest.length > 0) sentences.push(`${rest.join(", ")}.`);
  return sentences.join(" ");
}

function effort({ decided, savedSamples, fullVoteSamples }: RunSummary, meanSamples: number): string {
  const own = `${mean(meanSamples, 1)} sample${meanSamples === 1 ? "" : "s"} each`;
  if (savedSamples === 0) return own;
  const saved = percent(savedSamples / fullVoteSamples);
  return `${own} instead of ${mean(fullVoteSamples / decided, 1)}; ${saved} of the full vote's samples saved`;
}
