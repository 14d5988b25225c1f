import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  calibrationMethods,
  combineSignals,
  elicitorForSignal,
  fitCalibratorSpec,
  fitSignalCombination,
  fitTempering,
  metricsOf,
  packQuestions,
  packScores,
} from "@quorate/confidence";
import {
  advance,
  buildCalibrator,
  buildWeighting,
  clippedLogit,
  compilePolicy,
  openQuestion,
  parsePolicy,
  presetNamed,
  Tally,
} from "@quorate/core";
import { bootstrapInterval, calibrateDecision } from "@quorate/evaluation";
import { openTrace, seededPermutation } from "@quorate/providers";

/**
 * What confidences of the embedded model are worth: fitted on its recorded calibration split, judged on the test split.
 *
 *   node test/bench/confidence.mjs [--write]
 *
 * `--write` puts the tables into docs/confidence.md. The figures depend on nothing but the recordings.
 */
const repository = new URL("../../", import.meta.url);
const [calibration, test] = await Promise.all(["calibration", "test"].map(read));

const single = {
  "P(`<CNF>`)": byElicitor("confidence"),
  "sequence likelihood": byElicitor("sequence-likelihood"),
  "token mean": byElicitor("logprob"),
  consistency: ({ voteShare }) => voteShare,
};
const featuresOf = (sample) =>
  Object.fromEntries(Object.entries(single).map(([name, of]) => [name, clippedLogit(of(sample), 1e-3)]));
const combination = fitSignalCombination(
  calibration.flat().map((sample) => ({ features: featuresOf(sample), isRight: sample.isRight })),
  { features: Object.keys(single), file: "calibration.jsonl.gz", digest: "not kept", date: "2025-01-01" },
);
const signals = { ...single, combined: (sample) => combineSignals(combination, featuresOf(sample)) };

const tables = [confidenceTable(), votingTable(), await decisionTable()].join("\n\n");
console.log(tables);
if (process.argv.includes("--write")) write(tables);

function traceAt(split) {
  return fileURLToPath(new URL(`packages/embedded-model/traces/${split}.jsonl.gz`, repository));
}

/** Answered samples of each question, with the share of its other samples that say the same. */
async function read(split) {
  const trace = await openTrace(traceAt(split));
  const questions = [];
  for await (const { question, samples } of trace) {
    const answered = samples.filter(({ extraction }) => extraction.kind === "answer");
    questions.push(
      answered.map(({ extraction: { answer }, signals: measured }) => {
        const alike = answered.filter(({ extraction }) => extraction.answer === answer).length - 1;
        const voteShare = answered.length > 1 ? alike / (answered.length - 1) : 0;
        return { answer, isRight: answer === question.gold, signals: measured, voteShare };
      }),
    );
  }
  await trace.close();
  return questions;
}

function byElicitor(name) {
  const elicitor = elicitorForSignal(name);
  return ({ signals: measured }) => elicitor.score(measured);
}

function confidenceTable() {
  const methods = ["temperature", "platt", "beta", "isotonic", "histogram"];
  if (methods.length !== calibrationMethods.length) throw new Error("a method of calibration has no column");
  const rows = Object.entries(signals).map(([name, score]) => {
    const scored = (questions) => questions.map((votes) => votes.map((vote) => ({ score: score(vote), ...vote })));
    const fitOn = packScores(scored(calibration).flat());
    const judged = packQuestions(scored(test));
    const { auroc, wqd } = metricsOf(judged, ["auroc", "wqd"]);
    const cell = (calibrate) => {
      const { ece, brier } = metricsOf({ ...judged, scores: judged.scores.map(calibrate) }, ["ece", "brier"]);
      return `${figure(ece)} / ${figure(brier)}`;
    };
    const after = methods.map((method) => cell(buildCalibrator(fitCalibratorSpec(method, fitOn))));
    return `| ${[name, figure(auroc), figure(wqd), cell((value) => value), ...after].join(" | ")} |`;
  });
  return [
    `On ${test.flat().length.toLocaleString("en-US")} answers to ${test.length.toLocaleString("en-US")} problems that no fit has seen; cells are ECE / Brier:`,
    "",
    `| signal | AUROC | WQD | before | ${methods.join(" | ")} |`,
    `| --- | ${"---: | ".repeat(3 + methods.length).trim()}`,
    ...rows,
  ].join("\n");
}

/** Log-odds of isotonically calibrated confidence against one vote each, on the same samples. */
function votingTable() {
  const sizes = [4, 8, 16];
  const rows = ["P(`<CNF>`)", "sequence likelihood", "token mean"].flatMap((name) => {
    const score = signals[name];
    const calibrate = buildCalibrator(
      fitCalibratorSpec("isotonic", packScores(calibration.flat().map((vote) => ({ score: score(vote), ...vote })))),
    );
    const weighed = (questions) =>
      questions.map((votes) => votes.map((vote) => ({ ...vote, confidence: calibrate(score(vote)) })));
    const { weighting, note } = fitTempering(weighed(calibration));
    if (note !== undefined) return [`| ${name} | | falls back to counts: ${note} | | |`];
    return sizes.map((size) => {
      const pairs = weighed(test).map((votes, place) => ({
        counted: rightShare(votes, { form: "count" }, size, place),
        weighted: rightShare(votes, weighting, size, place),
      }));
      const numerators = Float64Array.from(pairs, ({ counted, weighted }) => weighted - counted);
      const denominators = new Float64Array(pairs.length).fill(1);
      const { low, high } = bootstrapInterval({ numerators, denominators }, { seed: 1, isShare: false });
      const mean = (key) => pairs.reduce((sum, pair) => sum + pair[key], 0) / pairs.length;
      const gain = mean("weighted") - mean("counted");
      return `| ${name} | ${size} | ${percent(mean("counted"))} | ${percent(mean("weighted"))} | ${points(gain)} (${points(low)} to ${points(high)}) |`;
    });
  });
  return [
    "Votes weighed by calibrated log-odds against one vote each, on the same samples, accuracy in %:",
    "",
    "| weights from | samples | counts | weighted | difference, 95 % interval over questions |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

/** P(right) of decisions beside their support, fitted on the one split and judged on the other. */
async function decisionTable() {
  const maxSamples = 16;
  const policies = [
    ["asc", presetNamed("asc")],
    ["quorate", presetNamed("quorate")],
    ["quorate, with P(`<CNF>`)", parsePolicy({ ...presetNamed("quorate"), confidence: { elicitor: "recorded" } })],
  ];
  const rows = [];
  for (const [name, policy] of policies) {
    const trace = await openTrace(traceAt("calibration"));
    const traces = [{ trace, digest: "not kept" }];
    const fitted = await calibrateDecision({ traces, policy, maxSamples, date: "2025-01-01" });
    await trace.close();
    const compiled = compilePolicy(fitted.policy);
    const decisions = test.flatMap((votes, place) =>
      Array.from({ length: 8 }, (_, permutation) => {
        const order = seededPermutation(votes.length, "decisions", place, permutation);
        const decision = decided(compiled, maxSamples, (index) => votes[order[index]]);
        return { ...decision, isRight: votes.some(({ answer, isRight }) => isRight && answer === decision.answer) };
      }),
    );
    const cells = ["confidence", "support"].flatMap((score) => {
      const graded = packScores(decisions.map((decision) => ({ score: decision[score], isRight: decision.isRight })));
      return Object.values(metricsOf(graded, ["ece", "brier", "auroc"])).map(figure);
    });
    rows.push(`| ${[name, ...cells].join(" | ")} |`);
  }
  return [
    `Decisions of ${maxSamples} samples at most, by P(right) from the state of the vote and by support:`,
    "",
    "| policy | ECE | Brier | AUROC | support: ECE | Brier | AUROC |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

/** Through the reducer of the live loop. */
function decided(compiled, maxSamples, sampleAt) {
  let step = advance(openQuestion(compiled, { maxSamples }), { type: "question-opened" });
  for (let index = 0; ; index += 1) {
    const [found] = step.commands.filter(({ type }) => type === "decide");
    if (found !== undefined) return found.decision;
    const { answer, signals: measured } = sampleAt(index);
    const ballot = { kind: "answer", answer, confidence: measured.recorded };
    step = advance(step.state, { type: "sample-recorded", index, ballot });
  }
}

/** Of a question's decisions on so many samples each, in ten orders. */
function rightShare(votes, spec, size, place) {
  const { weigh } = buildWeighting(spec, {});
  const orders = 10;
  let right = 0;
  for (let permutation = 0; permutation < orders; permutation += 1) {
    const order = seededPermutation(votes.length, "weighted voting", place, permutation).subarray(0, size);
    const tally = [...order].reduce((sum, at) => sum.add(votes[at].answer, weigh(votes[at].confidence)), Tally.empty());
    const winner = tally.byWeight.leader?.answer ?? tally.byCount.leader?.answer;
    if (votes.some(({ answer, isRight }) => isRight && answer === winner)) right += 1;
  }
  return right / orders;
}

function figure(value) {
  return value.toFixed(3);
}

function percent(share) {
  return (100 * share).toFixed(1);
}

function points(difference) {
  const text = Math.abs(100 * difference).toFixed(1);
  return `${Number(text) === 0 ? "" : difference < 0 ? "−" : "+"}${text}`;
}

function write(text) {
  const path = new URL("docs/confidence.md", repository);
  const [begin, end] = ["<!-- written by test/bench/confidence.mjs -->", "<!-- end -->"];
  const page = readFileSync(path, "utf8");
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/confidence.md has no place between ${begin} and ${end}`);
  writeFileSync(path, `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`);
}
