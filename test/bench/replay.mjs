import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { presetNamed } from "@quorate/core";
import { evaluatePolicies } from "@quorate/evaluation";
import { openTrace, seededPermutation, seededRandom } from "@quorate/providers";

/**
 * How long it takes to replay a policy that counts: 1,000 questions × 40 samples × 100 orders, on one core, in the
 * evaluation as `quorate eval` runs it (orders drawn, full votes compared, intervals resampled).
 *
 *   node test/bench/replay.mjs [--policy asc] [--check] [--python PYTHON]
 *
 * `--python`: an interpreter that has Adaptive-Consistency's own package; it then makes the same decisions once (a
 * hundredth of the work), and the two are held against each other.
 */
const args = process.argv.slice(2);
const option = (name, fallback) => {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? fallback : args[at + 1];
};
const limitSeconds = 3;
const [questions, samples, permutations] = [1000, 40, 100];

/** Shares of the commonest answer as in recorded mathematics: half of the questions nearly settled, a tail far from it. */
const random = seededRandom("replay benchmark", 1);
const line = (id) => {
  const top = 0.25 + 0.75 * Math.sqrt(random());
  const answer = () => (random() < top ? "right" : `wrong ${Math.floor(4 * random() * random())}`);
  return JSON.stringify({
    version: 1,
    id: `q${id}`,
    gold: "right",
    samples: Array.from({ length: samples }, () => ({
      answer: answer(),
      confidence: null,
      logprob: null,
      tokens: null,
    })),
  });
};

const place = mkdtempSync(join(tmpdir(), "quorate-replay-"));
const path = join(place, "trace.jsonl");
writeFileSync(path, Array.from({ length: questions }, (_, id) => line(id)).join("\n"));
const trace = await openTrace(path);
const policies = [presetNamed(option("policy", "asc"))];
const startedAt = process.cpuUsage();
const evaluation = await evaluatePolicies({ trace, policies, maxSamples: samples, permutations, seed: 1 });
const { user, system } = process.cpuUsage(startedAt);
process.on("exit", () => rmSync(place, { recursive: true, force: true }));

const seconds = (user + system) / 1e6;
const [{ policy, meanSamples, agreement }] = evaluation.policies;
const replays = questions * permutations;
const microsecondsOf = (cpuSeconds, count) => Number(((1e6 * cpuSeconds) / count).toFixed(1));
console.log(
  JSON.stringify({
    policy,
    meanSamples,
    agreement,
    replays,
    cpuSeconds: seconds,
    limitSeconds,
    perReplayUs: microsecondsOf(seconds, replays),
  }),
);
if (option("python") !== undefined) await besidePython(option("python"));
if (args.includes("--check") && seconds > limitSeconds) process.exitCode = 1;

/** One order of every question, the first of those above. */
async function besidePython(python) {
  const votes = [];
  for await (const { question, samples: recorded } of trace) {
    const order = seededPermutation(recorded.length, 1, question.id, 0);
    votes.push(JSON.stringify({ answers: Array.from(order, (at) => recorded[at].extraction.answer) }));
  }
  const script = fileURLToPath(new URL("adaptive-consistency.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(python, [script], { input: votes.join("\n"), encoding: "utf8" });
  if (status !== 0) throw new Error(`${python} could not run ${script}: ${stderr}`);
  const theirs = JSON.parse(stdout);
  const [ours] = (
    await evaluatePolicies({ trace, policies: [presetNamed("asc")], maxSamples: samples, permutations: 1, seed: 1 })
  ).policies;
  const perReplayUs = microsecondsOf(theirs.cpuSeconds, theirs.replays);
  const timesSlower = Math.round(perReplayUs / microsecondsOf(seconds, replays));
  console.log(
    JSON.stringify({
      policy: "AdaptiveConsistency 1.0.0, beta",
      meanSamples: theirs.samples / theirs.replays,
      ourMeanSamplesThere: ours.meanSamples,
      perReplayUs,
      timesSlower,
    }),
  );
}
