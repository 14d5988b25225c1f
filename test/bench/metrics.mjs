import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { metricDefinitions, metricsOf } from "@quorate/confidence";
import { seededRandom } from "@quorate/providers";

/**
 * How long all metrics of a million graded scores take on one core, and how much memory beyond the scores themselves.
 *
 *   node test/bench/metrics.mjs [--count 1000000] [--check] [--python PYTHON]
 *
 * `--python`: an interpreter with NumPy, SciPy and, for more of the metrics, scikit-learn; `metrics.py` then takes the
 * metrics of the same scores, and the values are held against each other.
 */
const args = process.argv.slice(2);
const option = (name, fallback) => {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? fallback : args[at + 1];
};
const limitSeconds = 5;
const count = Number(option("count", "1000000"));

/** Half of the scores anywhere, half stated in steps of 5 %, as models state them: both ties and none. */
const random = seededRandom("metrics benchmark", 1);
const scores = Float64Array.from({ length: count }, () => {
  const confidence = 1 - random() ** 2;
  return random() < 0.5 ? confidence : Math.round(20 * confidence) / 20;
});
const isRight = Uint8Array.from(scores, (score) => (random() < 0.2 + 0.6 * score ? 1 : 0));
const questions = Uint32Array.from({ length: count }, (_, place) => Math.floor(place / 32));
const names = metricDefinitions.map(({ name }) => name);

const memoryBefore = process.memoryUsage();
const startedAt = process.cpuUsage();
const values = metricsOf({ scores, isRight, questions }, names);
const { user, system } = process.cpuUsage(startedAt);
const memoryAfter = process.memoryUsage();
const seconds = (user + system) / 1e6;
const megabytes = (kind) => Math.round((memoryAfter[kind] - memoryBefore[kind]) / 2 ** 20);

console.log(
  JSON.stringify({
    count,
    metrics: names.length,
    cpuSeconds: seconds,
    limitSeconds,
    heapMb: megabytes("heapUsed"),
    arraysMb: megabytes("arrayBuffers"),
  }),
);
if (option("python") !== undefined) besidePython(option("python"));
if (args.includes("--check") && seconds > limitSeconds) process.exitCode = 1;

function besidePython(python) {
  const place = mkdtempSync(join(tmpdir(), "quorate-metrics-"));
  process.on("exit", () => rmSync(place, { recursive: true, force: true }));
  writeFileSync(join(place, "scores"), new Uint8Array(scores.buffer));
  writeFileSync(join(place, "is-right"), isRight);
  const script = fileURLToPath(new URL("metrics.py", import.meta.url));
  const { stdout, status } = spawnSync(python, [script, place], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${python} ended with ${status}`);
  const { cpuSeconds, values: theirs } = JSON.parse(stdout);
  const differences = Object.entries(theirs).map(([name, value]) => Math.abs(value - values[name]));
  console.log(
    JSON.stringify({
      python: { metrics: Object.keys(theirs), cpuSeconds, largestDifference: Math.max(...differences) },
    }),
  );
  // scikit-learn sums in another order; anything above rounding is another definition.
  if (Math.max(...differences) > 1e-9) process.exitCode = 1;
}
