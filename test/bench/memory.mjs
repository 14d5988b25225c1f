import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { presetNamed } from "@quorate/core";
import { replayProvider, seededRandom, systemClock } from "@quorate/providers";
import { LocalPool, openRunDirectory, openTraceQuestions } from "@quorate/runs";

/**
 * Memory of a run over many replayed questions: what lasts a question (difference between two sizes, garbage collected
 * while the run's files are still open), and the most the process ever held.
 *
 *   node --expose-gc test/bench/memory.mjs [--questions 100000] [--json] [--check]
 */
const limits = { bytesAQuestion: 100, peakMb: 300 };
const at = process.argv.indexOf("--questions");
const questionCount = at === -1 ? 100_000 : Number(process.argv[at + 1]);
const place = mkdtempSync(join(tmpdir(), "quorate-memory-"));

async function traceOf(count) {
  const path = join(place, `trace-${count}.jsonl`);
  const file = createWriteStream(path);
  const random = seededRandom("memory", count);
  for (let i = 0; i < count; i += 1) {
    const samples = Array.from({ length: 16 }, () => ({
      answer: random() < 0.7 ? String(i) : String(Math.floor(random() * 5)),
    }));
    if (!file.write(`${JSON.stringify({ id: `question-${i}-of-some-benchmark`, gold: String(i), samples })}\n`))
      await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  return path;
}

async function lastingBytes(count) {
  const path = await traceOf(count);
  const plan = {
    policy: presetNamed("quorate"),
    prompting: {},
    grading: {},
    seed: 1,
    limits: { maxSamples: 16, concurrency: 16, speculate: 0 },
    keepTokens: false,
    durability: "os",
  };
  const before = await settled();
  const startedAt = performance.now();
  const [provider, questions] = [await replayProvider(path), await openTraceQuestions(path)];
  const directory = await openRunDirectory({
    path: join(place, `run-${count}`),
    plan,
    model: provider.id,
    questions,
    version: "bench",
    now: new Date(),
    extend: false,
    retryFailed: false,
    warn: console.error,
  });
  const handle = await new LocalPool().submit({
    plan,
    provider,
    questions,
    directory,
    clock: systemClock,
    random: Math.random,
  });
  const result = await handle.result;
  if (result.ending !== "completed") throw result.error;
  const seconds = (performance.now() - startedAt) / 1000;
  const lasting = (await settled()) - before;
  await directory.close();
  await provider.close();
  await questions.close();
  return { lasting, seconds, samples: result.progress.samples };
}

/**
 * What is held once nothing more can be collected. One collection is not enough: buffers are freed by a background
 * thread afterwards, and finalizers keep what they guard until the next one; on a busy machine that takes a while.
 */
async function settled() {
  let least = Number.POSITIVE_INFINITY;
  for (let unchanged = 0; unchanged < 5; ) {
    globalThis.gc();
    await setTimeout(20);
    const now = held();
    unchanged = now < least - 65_536 ? 0 : unchanged + 1;
    least = Math.min(least, now);
  }
  return least;
}

function held() {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  // Array buffers are counted in `external` too.
  return heapUsed + Math.max(external, arrayBuffers);
}

try {
  await lastingBytes(2000);
  const small = await lastingBytes(Math.ceil(questionCount / 10));
  const large = await lastingBytes(questionCount);
  const figures = {
    questions: questionCount,
    bytesAQuestion: Math.round((large.lasting - small.lasting) / (questionCount - Math.ceil(questionCount / 10))),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    questionsPerSecond: Math.round(questionCount / large.seconds),
    samplesPerSecond: Math.round(large.samples / large.seconds),
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(figures));
  else console.table([figures]);
  if (
    process.argv.includes("--check") &&
    (figures.bytesAQuestion > limits.bytesAQuestion || figures.peakMb > limits.peakMb)
  ) {
    console.error(`Over the limit of ${limits.bytesAQuestion} bytes a question or ${limits.peakMb} MB in all.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
