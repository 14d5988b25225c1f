import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { embeddedProvider, messagesFor, systemClock } from "@quorate/providers";

/**
 * How fast the embedded model answers: 16 samples of each of 30 problems, one problem at a time, with one lane and with one
 * for each processor core. Prints one row a setting.
 *
 *   node test/bench/embedded.mjs [--json]
 */
const demo = fileURLToPath(new URL("../../infra/demo/questions.jsonl", import.meta.url));
const questions = readFileSync(demo, "utf8")
  .trim()
  .split("\n")
  .slice(0, 30)
  .map((line) => JSON.parse(line))
  .map(({ id, question, kind }) => ({ id, kind, text: question }));
const indexes = Array.from({ length: 16 }, (_, i) => i);
const context = { signal: new AbortController().signal, clock: systemClock };

async function measured(parallel) {
  const provider = await embeddedProvider({ parallel });
  const sample = async (question) => {
    let tokens = 0;
    const request = {
      question,
      messages: messagesFor(question, provider.prompting),
      signals: [],
      keepTokens: false,
      seed: 1,
    };
    for await (const { outcome } of provider.sample(request, indexes, context)) {
      if (outcome.kind !== "response") throw new Error(JSON.stringify(outcome));
      tokens += outcome.usage.outputTokens;
    }
    return tokens;
  };
  const openedAt = performance.now();
  await sample(questions[0]);
  const openMs = performance.now() - openedAt;
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  let tokens = 0;
  for (const question of questions) tokens += await sample(question);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await provider.close();
  const samples = questions.length * indexes.length;
  return {
    lanes: parallel,
    firstQuestionMs: Math.round(openMs),
    samplesPerSecond: Math.round(samples / seconds),
    secondsAQuestion: Number((seconds / questions.length).toFixed(2)),
    tokensASample: Number((tokens / samples).toFixed(1)),
    cpuMsASample: Number(((user + system) / 1000 / samples).toFixed(1)),
  };
}

const rows = [];
for (const lanes of new Set([1, Math.min(4, availableParallelism())])) rows.push(await measured(lanes));
if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
else console.table(rows);
