import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parsePolicy } from "@quorate/core";
import { evaluatePolicies } from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";

/**
 * GrACE on recorded samples of the embedded model: voting and stopping with P(<CNF>) and with sequence likelihood, at 8 and
 * at 16 samples. τ of GrACE-ES is chosen on the calibration split alone: the fewest samples at no less than SC's accuracy.
 *
 *   node test/bench/grace.mjs [--calibration FILE] [--out FILE.md] [TEST_FILE…]
 *
 * Several test files (one for each training seed, say) give a table each.
 */
const traces = new URL("../../packages/embedded-model/traces/", import.meta.url);
const inTraces = (name) => fileURLToPath(new URL(name, traces));
const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? undefined : args.splice(at, 2)[1];
};
const calibrationPath = option("calibration") ?? inTraces("calibration.jsonl.gz");
const out = option("out");
const testPaths = args.length > 0 ? args : [inTraces("test.jsonl.gz")];

const permutations = 4;
const seed = 1;
const levels = Array.from({ length: 50 }, (_, i) => (i + 50) / 100).concat([0.991, 0.993, 0.995, 0.997, 0.999]);
const drivers = [
  ["P(`<CNF>`)", "recorded"],
  ["sequence likelihood", "sequence-likelihood"],
];

const policy = (name, rest) => parsePolicy({ name, ...rest });
const counting = [
  policy("SC", { stop: { rule: "fixed" } }),
  policy("ASC 0.95", { stop: { rule: "beta", level: 0.95 } }),
  policy("ESC 4", { stop: { rule: "window", size: 4 } }),
];
const graceSc = (elicitor) =>
  policy("GrACE-SC", { confidence: { elicitor }, weighting: { form: "linear" }, stop: { rule: "fixed" } });
const graceEs = (elicitor, level) =>
  policy(`GrACE-ES τ ${level}`, {
    confidence: { elicitor },
    weighting: { form: "linear" },
    stop: { rule: "threshold", level },
  });

async function scoresOf(path, policies, maxSamples) {
  const trace = await openTrace(path);
  try {
    const evaluation = await evaluatePolicies({ trace, policies, maxSamples, permutations, seed });
    if (evaluation.skipped.length > 0) throw new Error(JSON.stringify(evaluation.skipped));
    return { questions: evaluation.questions, scores: evaluation.policies };
  } finally {
    await trace.close();
  }
}

async function levelFor(elicitor, maxSamples) {
  const candidates = levels.map((level) => graceEs(elicitor, level));
  const { scores } = await scoresOf(calibrationPath, [counting[0], ...candidates], maxSamples);
  const [sc, ...rest] = scores;
  const good = rest
    .map((score, i) => ({ score, level: levels[i] }))
    .filter(({ score }) => score.accuracy >= sc.accuracy);
  good.sort((a, b) => a.score.meanSamples - b.score.meanSamples);
  return good[0]?.level ?? 1;
}

const percent = (share) => (100 * share).toFixed(1);
const interval = ({ low, high }, show) => `${show(low)}–${show(high)}`;
const lines = [];
for (const path of testPaths) {
  const rows = [];
  let questions = 0;
  for (const maxSamples of [8, 16]) {
    const policies = [
      ...counting.map((one) => ["votes", one]),
      ...(
        await Promise.all(
          drivers.map(async ([driver, elicitor]) => [
            [driver, graceSc(elicitor)],
            [driver, graceEs(elicitor, await levelFor(elicitor, maxSamples))],
          ]),
        )
      ).flat(),
    ];
    // Names repeat between drivers; scores come in the order of the policies.
    const result = await scoresOf(
      path,
      policies.map(([, one]) => one),
      maxSamples,
    );
    questions = result.questions;
    const [sc] = result.scores;
    result.scores.forEach((score, i) => {
      rows.push(
        `| ${maxSamples} | ${score.policy} | ${policies[i][0]} | ${percent(score.accuracy)} | ${interval(score.accuracyInterval, percent)} | ${score.meanSamples.toFixed(2)} | ${(score.meanSamples / sc.meanSamples).toFixed(2)} |`,
      );
    });
  }
  lines.push(
    ...(testPaths.length > 1 ? [`${path.split("/").at(-1)}, ${questions} questions:`, ""] : []),
    "| N | policy | driven by | accuracy % | 95 % interval | mean samples | of SC's |",
    "| ---: | --- | --- | ---: | ---: | ---: | ---: |",
    ...rows,
    "",
  );
}
const text = `${lines.join("\n").trimEnd()}\n`;
if (out === undefined) process.stdout.write(text);
else writeFileSync(out, text);
