import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { parsePolicy, presetNamed, presets } from "@quorate/core";
import { evaluatePolicies, fileDigest, tunePolicy } from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";

/**
 * Every named policy on recorded samples, and the default policy tuned on one half of the questions and judged on the other.
 * Writes what it finds into docs/policies.md, between its markers.
 *
 *   node test/bench/policies.mjs [--traces FOLDER] [--permutations 4] [--print]
 *
 * FOLDER holds recordings that are not part of the repository; those that are missing are left out.
 */
const args = process.argv.slice(2);
const option = (name, fallback) => {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? fallback : args[at + 1];
};
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const folder = option("traces", inRepository("../shared/traces"));
const permutations = Number(option("permutations", 4));
const seed = 1;
const delta = 0.1;
const epsilons = [0.01, 0.02, 0.03, 0.05];

const recordings = [
  {
    name: "embedded model, word problems",
    file: inRepository("packages/embedded-model/traces/test.jsonl.gz"),
    maxSamples: 32,
  },
  { name: "MMLU-Pro, panel of 30 models", file: join(folder, "linwei_mmlupro_panel30.jsonl"), maxSamples: 30 },
  { name: "BRUMO 2025, R1 Qwen3-8B", file: join(folder, "deepconf_brumo25_r1qwen8b.jsonl"), maxSamples: 64 },
  { name: "OTIS mock AIME, many models", file: join(folder, "epoch_otis_aime.jsonl"), maxSamples: 16 },
  { name: "GPQA Diamond, many models", file: join(folder, "epoch_gpqa.jsonl"), maxSamples: 16 },
].filter(({ file }) => existsSync(file));

const place = mkdtempSync(join(tmpdir(), "quorate-policies-"));
process.on("exit", () => rmSync(place, { recursive: true, force: true }));

const percent = (share, digits = 1) => (share === undefined ? "" : (100 * share).toFixed(digits));
const span = ({ low, high }, show) => `${show(low)}–${show(high)}`;
const number = (value) => value.toFixed(2);

async function withTrace(path, use) {
  const trace = await openTrace(path);
  try {
    return await use(trace);
  } finally {
    await trace.close();
  }
}

/** Every other question, so that both halves have of everything. */
function halves({ file }) {
  const bytes = readFileSync(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim().split("\n");
  return [0, 1].map((parity) => {
    const path = join(place, `half-${parity}.jsonl`);
    writeFileSync(path, lines.filter((_, at) => at % 2 === parity).join("\n"));
    return path;
  });
}

async function tableOf({ name, file, maxSamples }) {
  const policies = presets.map((preset) => presetNamed(preset.name));
  const evaluation = await withTrace(file, (trace) =>
    evaluatePolicies({ trace, policies, maxSamples, permutations, seed }),
  );
  return [
    `**${name}**: ${evaluation.questions.toLocaleString("en")} questions, full vote of ${maxSamples}.`,
    "",
    "| policy | accuracy % | 95 % interval | agreement % | samples | rounds |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...evaluation.policies.map(
      ({ policy, accuracy, accuracyInterval, agreement, meanSamples, meanRounds }) =>
        `| \`${policy}\` | ${percent(accuracy)} | ${span(accuracyInterval, percent)} | ${percent(agreement, 2)} | ${number(meanSamples)} | ${number(meanRounds)} |`,
    ),
    "",
    ...(evaluation.skipped.length > 0
      ? [`Without the signal they read: ${evaluation.skipped.map(({ policy }) => `\`${policy}\``).join(", ")}.`, ""]
      : []),
  ];
}

/** The default on counts alone, for each bound. */
async function tunedRows({ name, file, maxSamples }, epsilon) {
  const [calibration, judged] = halves({ file });
  const digest = await fileDigest(calibration);
  const policy = presetNamed("quorate");
  let tuned;
  try {
    tuned = await withTrace(calibration, (trace) =>
      tunePolicy({ trace, policy, risk: "disagreement", epsilon, delta, maxSamples, seed, digest }),
    );
  } catch (error) {
    return { row: `| ${name} | ${percent(epsilon, 0)} | refused: ${error.message.split(". ")[0]} | | | | | |` };
  }
  const policies = [presetNamed("asc"), { ...tuned.policy, name: "tuned" }];
  const evaluation = await withTrace(judged, (trace) =>
    evaluatePolicies({ trace, policies, maxSamples, permutations, seed, matched: true }),
  );
  const [asc, own] = evaluation.policies;
  const reachOf = ({ samplesAtAgreement }) =>
    samplesAtAgreement.map(({ reach }) => (reach.kind === "not-reached" ? "" : number(reach.samples)));
  const [theirs, ours] = evaluation.curves.map(reachOf);
  const cells = [
    name,
    percent(epsilon, 0),
    tuned.chosen.level,
    percent(own.agreement, 2),
    number(own.meanSamples),
    number(asc.meanSamples),
    `**${number(own.meanSamples / asc.meanSamples)}**`,
    number(own.meanRounds / own.meanSamples),
  ];
  return { row: `| ${cells.join(" | ")} |`, reach: { name, theirs, ours } };
}

/**
 * The default with the embedded model's confidence: it may also stop at a confident sample, or when the votes' confidence
 * agrees. Its three levels are those that take fewest samples on the calibration split at no less accuracy than `asc`. A
 * single sample decides only when it is likelier right than wrong.
 */
async function confidentTable() {
  const [calibration, judged] = ["calibration", "test"].map((split) =>
    inRepository(`packages/embedded-model/traces/${split}.jsonl.gz`),
  );
  const grid = {
    threshold: [0.5, 0.6, 0.7],
    share: [0.8, 0.85, 0.9, 0.95],
    minVotes: [3, 4, 5],
    horizon: [0.85, 0.9, 0.95],
  };
  const combinations = Object.entries(grid).reduce(
    (all, [key, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
  const candidates = combinations.map(({ threshold, share, minVotes, horizon }) =>
    parsePolicy({
      name: `quorate: threshold ${threshold}, share ${share} from ${minVotes} votes on, horizon ${horizon}`,
      confidence: { elicitor: "sequence-likelihood" },
      weighting: { form: "linear" },
      stop: {
        rule: "any",
        rules: [
          { rule: "curtailed" },
          { rule: "horizon", level: horizon },
          { rule: "share", level: share, minVotes },
          { rule: "threshold", level: threshold },
        ],
      },
    }),
  );
  const evaluate = (path, policies) =>
    withTrace(path, (trace) =>
      evaluatePolicies({ trace, policies, maxSamples: 32, permutations, seed, baseline: "asc" }),
    );
  const asc = presetNamed("asc");
  const { policies: tried } = await evaluate(calibration, [asc, ...candidates]);
  const [reference, ...rest] = tried;
  const best = rest
    .map((score, at) => ({ score, policy: candidates[at] }))
    .filter(({ score }) => score.accuracy >= reference.accuracy)
    .sort((a, b) => a.score.meanSamples - b.score.meanSamples)[0].policy;
  const { policies: scores } = await evaluate(judged, [asc, presetNamed("sc"), presetNamed("quorate"), best]);
  const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(2)}`;
  return [
    "### The default, with a confidence",
    "",
    `On the embedded model's test problems, full vote of 32. The last row weighs votes by sequence likelihood and may also stop at a confident sample or share; its levels were chosen on the calibration split.`,
    "",
    "| policy | accuracy % | against `asc`, points (95 %) | samples | of `asc` |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...scores.map(({ policy, accuracy, meanSamples, versusBaseline }) => {
      const difference = versusBaseline?.accuracy;
      const against =
        difference === undefined
          ? ""
          : `${signed(difference.difference)} (${signed(difference.interval.low)} to ${signed(difference.interval.high)})`;
      return `| ${policy.includes(" ") ? policy : `\`${policy}\``} | ${percent(accuracy)} | ${against} | ${number(meanSamples)} | **${number(meanSamples / scores[0].meanSamples)}** |`;
    }),
    "",
  ];
}

const lines = [
  `Made by \`node test/bench/policies.mjs\`: ${permutations} orders of every question, the same for all policies; intervals resample questions.`,
  "",
];
const tuned = [];
const matched = [];
for (const recording of recordings) {
  lines.push(...(await tableOf(recording)));
  if (recording.maxSamples < 30) continue;
  for (const epsilon of epsilons) {
    const { row, reach } = await tunedRows(recording, epsilon);
    tuned.push(row);
    if (reach !== undefined && epsilon === epsilons[0]) matched.push(reach);
    if (reach === undefined) break;
  }
}
lines.push(
  "### The default, tuned",
  "",
  "`quorate` on counts alone. Its level is tuned on every other question for a disagreement with the full vote of at most ε, with a",
  `confidence of ${percent(1 - delta, 0)} %, and judged on the rest beside \`asc\` at 0.95. The last column is rounds for one round a sample.`,
  "",
  "| recording | ε % | level | agreement % | samples | of `asc` | ratio | rounds |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...tuned,
  "",
  "Samples at equal agreement on the judged half, both policies swept over their levels (empty: not reached):",
  "",
  "| recording | policy | 98 % | 99 % | 99.5 % | 99.9 % |",
  "| --- | --- | ---: | ---: | ---: | ---: |",
  ...matched.flatMap(({ name, theirs, ours }) => [
    `| ${name} | \`asc\` | ${theirs.join(" | ")} |`,
    `| | \`quorate\` | ${ours.join(" | ")} |`,
  ]),
  "",
  ...(await confidentTable()),
);

const text = lines.join("\n");
if (args.includes("--print")) process.stdout.write(text);
else {
  const page = inRepository("docs/policies.md");
  const [before, , after] = readFileSync(page, "utf8").split(/<!-- measured -->\n|<!-- end of measured -->\n/);
  writeFileSync(page, `${before}<!-- measured -->\n${text}<!-- end of measured -->\n${after}`);
}
