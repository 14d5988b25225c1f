import type { Progress } from "@quorate/runs";
import { count, dollars, duration, percent } from "./numbers.ts";
import { shortened } from "./safe-text.ts";

const terminalEveryMs = 150;
const plainEveryMs = 10_000;

/** One line that tells where a run stands, as much of it as the width allows. */
export function progressLine(progress: Progress, width = Number.POSITIVE_INFINITY): string {
  const { questions, decided, decidedNow, failedNow, questionsInFlight, samples, savedSamples, elapsedMs } = progress;
  const perSecond = (decidedNow * 1000) / Math.max(1, elapsedMs);
  const fullVote = samples + savedSamples;
  /** Narrow screens lose the parts with the highest rank first. */
  const parts: { readonly rank: number; readonly text: string }[] = [
    { rank: 0, text: `${count(decided)}/${count(questions)} decided` },
    { rank: 5, text: `${count(questionsInFlight)} in flight` },
    { rank: 1, text: failedNow > 0 ? `${count(failedNow)} without an answer` : "" },
    {
      rank: 4,
      text: `${count(samples)} samples${fullVote > 0 ? `, ${percent(savedSamples / fullVote, 0)} saved` : ""}`,
    },
    { rank: 2, text: moneyText(progress) },
    { rank: 6, text: decidedNow > 0 ? `${perSecond >= 10 ? count(perSecond) : perSecond.toFixed(1)}/s` : "" },
    {
      rank: 3,
      text: decidedNow > 0 && decided < questions ? `${duration(((questions - decided) / perSecond) * 1000)} left` : "",
    },
  ];
  let shown = parts.filter(({ text }) => text !== "");
  for (;;) {
    const line = shown.map(({ text }) => text).join(" · ");
    if (line.length <= width || shown.length === 1) return line;
    const least = Math.max(...shown.map(({ rank }) => rank));
    shown = shown.filter(({ rank }) => rank !== least);
  }
}

function moneyText({ recordedUsd, presumedUsd, reservedUsd, leftUsd }: Progress): string {
  if (recordedUsd + presumedUsd + reservedUsd === 0) return "";
  const parts = [`${dollars(recordedUsd)} spent`];
  if (presumedUsd > 0) parts.push(`${dollars(presumedUsd)} presumed`);
  if (reservedUsd > 0) parts.push(`${dollars(reservedUsd)} reserved`);
  if (leftUsd !== undefined) parts.push(`${dollars(Math.max(0, leftUsd))} left`);
  return parts.join(", ");
}

/** Shows progress on standard error: one line that changes on a terminal, a new line now and then elsewhere. */
export function watchProgress(
  progress: () => Progress,
  stream: NodeJS.WriteStream = process.stderr,
): { say(line: string): void; stop(): void } {
  const isTerminal = stream.isTTY === true;
  const draw = (): void => {
    const width = (stream.columns ?? 80) - 1;
    stream.write(
      isTerminal ? `\r\u001b[K${shortened(progressLine(progress(), width), width)}` : `${progressLine(progress())}\n`,
    );
  };
  const timer = setInterval(draw, isTerminal ? terminalEveryMs : plainEveryMs);
  return {
    say(line) {
      stream.write(isTerminal ? `\r\u001b[K${line}\n` : `${line}\n`);
    },
    stop() {
      clearInterval(timer);
      if (isTerminal) stream.write("\r\u001b[K");
    },
  };
}
