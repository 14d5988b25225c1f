import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * CPU a sample of `quorate run` beside a bare loop (openai + p-queue), over the fake LLM server in a process of its own.
 * Both are whole processes; what starting costs is taken out by running two sizes and dividing the difference. The two
 * sides take turns, so that a machine that changes its speed changes it for both.
 *
 *   node test/bench/overhead.mjs [--pairs 7] [--questions 600] [--json] [--check]
 */
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
};
/** What may be paid for all that Quorate does beside asking. */
const limits = { fanOutRatio: 1.15, moreUsOfEight: 60 };
const pairs = option("pairs", 7);
const questionCount = option("questions", 600);
const smallCount = Math.ceil(questionCount / 10);
const samples = 8;
const concurrency = 16;

const place = mkdtempSync(join(tmpdir(), "quorate-bench-"));
const questionFile = (count) => {
  const path = join(place, `questions-${count}.jsonl`);
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      id: `q${i}`,
      question: `[#${i}#] A farmer has ${i} sheep and buys ${i % 17} more. How many sheep has he now?`,
      gold: i,
    }),
  );
  writeFileSync(path, lines.join("\n"));
  return path;
};
const files = { small: questionFile(smallCount), large: questionFile(questionCount) };
writeFileSync(
  join(place, "prices.json"),
  JSON.stringify({ "fake-model": { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6 } }),
);

const serverMain = join(root, "test/llm-server/dist/main.js");
if (!existsSync(serverMain)) throw new Error("Nothing is built yet: run `npm run build` first.");
const server = spawn(process.execPath, [serverMain, "--exit-with-stdin"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const [ready] = await once(createInterface({ input: server.stdout }), "line");
const { url } = JSON.parse(ready);

async function cpuUs(args) {
  const file = join(place, "cpu.json");
  const child = spawn(process.execPath, ["--import", join(here, "report-cpu.mjs"), ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH, HOME: place, QUORATE_CPU_FILE: file },
  });
  let errors = "";
  child.stderr.on("data", (text) => (errors += text));
  const [code] = await once(child, "close");
  if (code !== 0 && code !== 1) throw new Error(`${args.join(" ")} ended with ${code}: ${errors}`);
  return JSON.parse(readFileSync(file, "utf8")).cpuUs;
}

const bare = (file, perRequest) =>
  cpuUs([join(here, "bare-loop.mjs"), file, url, samples, perRequest, concurrency].map(String));
const quorate = (file, perRequest) => {
  const out = mkdtempSync(join(place, "run-"));
  return cpuUs(
    [
      join(root, "apps/cli/bin/quorate.js"),
      ...["run", file, "--model", "openai:fake-model", "--base-url", url, "--out", out, "--policy", "sc"],
      ...[
        "--max-samples",
        samples,
        "--max-tokens",
        300,
        "--concurrency",
        concurrency,
        "--samples-per-request",
        perRequest,
      ],
      ...["--prices", join(place, "prices.json"), "--budget", 100, "--json"],
    ].map(String),
  );
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const perSample = async (side, perRequest) => {
  const small = await side(files.small, perRequest);
  const large = await side(files.large, perRequest);
  return (large - small) / ((questionCount - smallCount) * samples);
};

const results = [];
for (const [shape, perRequest] of [
  ["fan-out, one sample a request", 1],
  ["n = 8, eight samples a request", 8],
]) {
  const measured = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const [theirs, ours] = [await perSample(bare, perRequest), await perSample(quorate, perRequest)];
    measured.push({ theirs, ours, ratio: ours / theirs, more: ours - theirs });
  }
  const of = (key) => Number(median(measured.map((pair) => pair[key])).toFixed(key === "ratio" ? 3 : 1));
  results.push({ shape, bareUs: of("theirs"), quorateUs: of("ours"), ratio: of("ratio"), moreUs: of("more") });
}
server.stdin.end();
rmSync(place, { recursive: true, force: true });

if (process.argv.includes("--json")) console.log(JSON.stringify(results));
else console.table(results.map(({ shape, ...figures }) => ({ shape, ...figures })));

const [fanOut, ofEight] = results;
if (process.argv.includes("--check") && (fanOut.ratio > limits.fanOutRatio || ofEight.moreUs > limits.moreUsOfEight)) {
  console.error(
    `Over the limit: at most ${limits.fanOutRatio} × for fan-out and ${limits.moreUsOfEight} µs a sample more for n = 8.`,
  );
  process.exitCode = 1;
}
