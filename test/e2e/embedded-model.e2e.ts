import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  fitCalibratorSpec,
  type GradedScore,
  type MetricName,
  metricsOf,
  packQuestions,
  packScores,
} from "@quorate/confidence";
import { embeddedModel } from "@quorate/embedded-model";
import { openTrace } from "@quorate/providers";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import { beforeAll, describe, expect, it } from "vitest";
import { start } from "./support/command-line.ts";
import { jsonLines, makeWorkplace } from "./support/workplace.ts";

const inModel = (path: string) => fileURLToPath(new URL(`../../packages/embedded-model/${path}`, import.meta.url));

const demo = fileURLToPath(new URL("../../infra/demo/questions.jsonl", import.meta.url));

interface Split {
  readonly samples: number;
  readonly singleAccuracy: number;
  readonly accuracyByLevel: Readonly<Record<string, number>>;
  readonly majorityAccuracy: number;
  /** By question; each sample's confidence and grade. Samples without an answer have none. */
  readonly drivers: Readonly<Record<string, readonly (readonly GradedScore[])[]>>;
}

const drivers = ["P(`<CNF>`)", "sequence likelihood", "mean token probability"] as const;

async function recorded(split: string): Promise<Split> {
  const path = inModel(`traces/${split}.jsonl.gz`);
  const trace = await openTrace(path);
  const levels = await levelsOf(path);
  const byDriver: Record<string, GradedScore[][]> = Object.fromEntries(drivers.map((name) => [name, []]));
  const byLevel = new Map<string, { right: number; all: number }>();
  let [samples, right, majorityRight] = [0, 0, 0];
  for await (const { question, samples: ofQuestion } of trace) {
    const votes = new Map<string, number>();
    const level = byLevel.get(levels.get(question.id)!) ?? { right: 0, all: 0 };
    byLevel.set(levels.get(question.id)!, level);
    for (const name of drivers) byDriver[name]!.push([]);
    ofQuestion.forEach(({ extraction, signals }, place) => {
      samples += 1;
      level.all += 1;
      if (extraction.kind !== "answer") return;
      const isRight = extraction.answer === question.gold;
      if (isRight) right += 1;
      if (isRight) level.right += 1;
      if (place < 16) votes.set(extraction.answer, (votes.get(extraction.answer) ?? 0) + 1);
      const scores = [
        signals.recorded as number,
        Math.exp(signals["sequence-logprob"] as number),
        Math.exp(signals["mean-logprob"] as number),
      ];
      drivers.forEach((name, i) => void byDriver[name]!.at(-1)!.push({ score: scores[i]!, isRight }));
    });
    // A Map keeps the order of first votes, and sorting is stable: ties go to the answer seen first.
    const [leader] = [...votes].sort(([, a], [, b]) => b - a);
    if (leader?.[0] === question.gold) majorityRight += 1;
  }
  const questions = trace.length;
  await trace.close();
  return {
    samples,
    singleAccuracy: right / samples,
    accuracyByLevel: Object.fromEntries([...byLevel].map(([level, counts]) => [level, counts.right / counts.all])),
    majorityAccuracy: majorityRight / questions,
    drivers: byDriver,
  };
}

async function levelsOf(path: string): Promise<Map<string, string>> {
  const { gunzipSync } = await import("node:zlib");
  const lines = gunzipSync(readFileSync(path)).toString().trim().split("\n");
  return new Map(
    lines.map((line) => {
      const { id, difficulty } = JSON.parse(line) as { id: string; difficulty: { level: string } };
      return [id, difficulty.level];
    }),
  );
}

/** Rows of the model card's tables by their first cell. */
function cardRows(): Map<string, string[]> {
  const rows = readFileSync(inModel("MODEL_CARD.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return new Map(rows.map(([name, ...cells]) => [name!, cells]));
}

describe("the published weights", () => {
  let test: Promise<Split>;
  beforeAll(() => {
    test = recorded("test");
  });

  it("have the metrics that the model card states, recomputed from the recorded samples", async () => {
    const { drivers: scores, ...accuracy } = await test;
    const metrics: [string, MetricName][] = [
      ["ECE, 10 bins", "ece"],
      ["Brier", "brier"],
      ["AUROC", "auroc"],
      ["WQD", "wqd"],
    ];
    const rows = cardRows();
    for (const [name, metric] of metrics) {
      const values = drivers.map((driver) => metricsOf(packQuestions(scores[driver]!), [metric])[metric]);
      expect([name, rows.get(name)]).toEqual([name, values.map((value) => (value as number).toFixed(3))]);
    }
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    expect(rows.get("one sample")).toEqual([percent(accuracy.singleAccuracy)]);
    expect(rows.get("majority of 16")).toEqual([percent(accuracy.majorityAccuracy)]);
    for (const level of ["easy", "medium", "hard"]) {
      expect(rows.get(`one sample, ${level}`)).toEqual([percent(accuracy.accuracyByLevel[level]!)]);
    }
  });

  it("know how sure they are, well enough to be worth asking", async () => {
    const { drivers: scores, singleAccuracy, majorityAccuracy } = await test;
    const { ece, auroc, wqd } = metricsOf(packQuestions(scores["P(`<CNF>`)"]!), ["ece", "auroc", "wqd"]);
    expect(ece).toBeLessThanOrEqual(0.06);
    expect(auroc).toBeGreaterThanOrEqual(0.8);
    // Half a coin would be 0.5; what is left between this and the likelihood's 0.87 is in docs/grace.md.
    expect(wqd).toBeGreaterThanOrEqual(0.58);
    expect(singleAccuracy).toBeGreaterThan(0.5);
    expect(singleAccuracy).toBeLessThan(0.75);
    expect(majorityAccuracy).toBeGreaterThan(singleAccuracy + 0.03);
  });

  it("come with the calibration that their calibration split gives", async () => {
    const { drivers: scores } = await recorded("calibration");
    const fitted = fitCalibratorSpec("isotonic", packScores(scores["P(`<CNF>`)"]!.flat()));
    const rounded = JSON.parse(JSON.stringify(fitted), (_, value) =>
      typeof value === "number" ? Number(value.toFixed(4)) : value,
    );
    expect({ form: "table", points: embeddedModel.confidence.points }).toEqual(rounded);
  });
});

interface Agreement {
  readonly confidenceToken: { readonly id: number };
  readonly texts: readonly {
    readonly question: string;
    readonly response: string;
    readonly tokens: readonly number[];
    readonly top: readonly { readonly token: number; readonly logprob: number }[];
    readonly confidence: number;
  }[];
}

describe("quorate run --model embedded", () => {
  interface SampleLine {
    readonly sample?: {
      readonly question: number;
      readonly index: number;
      readonly text: string;
      readonly signals: object;
    };
  }
  const samplesIn = (out: string) =>
    new Map(
      jsonLines<SampleLine>(join(out, "samples.jsonl")).flatMap(({ sample }) =>
        sample === undefined ? [] : [[`${sample.question}/${sample.index}`, [sample.text, sample.signals]] as const],
      ),
    );

  it("goes on after kill -9 to the very samples that it would have had", { timeout: 120_000 }, async () => {
    const place = makeWorkplace();
    try {
      const questions = readFileSync(demo, "utf8").split("\n").slice(0, 8).join("\n");
      const args = (out: string) => [
        ...["run", place.file("questions.jsonl", questions), "--model", "embedded", "--policy", "grace-sc"],
        ...["--max-samples", "6", "--out", join(place.path, out)],
      ];
      const broken = start(args("broken"));
      const journal = join(place.path, "broken", "samples.jsonl");
      while (!existsSync(journal) || jsonLines(journal).length < 20) await delay(5);
      broken.process.kill("SIGKILL");
      await broken.ended;
      expect(samplesIn(join(place.path, "broken")).size).toBeLessThan(48);
      const [resumed, whole] = [await start(args("broken")).ended, await start(args("whole")).ended];
      expect([resumed.code, whole.code]).toEqual([0, 0]);
      const expected = samplesIn(join(place.path, "whole"));
      expect(expected.size).toBe(48);
      const byKey = (samples: typeof expected) => [...samples].sort(([a], [b]) => a.localeCompare(b));
      expect(byKey(samplesIn(join(place.path, "broken")))).toEqual(byKey(expected));
    } finally {
      place.remove();
    }
  });
});

describe("llama.cpp and PyTorch", () => {
  it("read and say the same", { timeout: 60_000 }, async () => {
    const agreement = JSON.parse(readFileSync(inModel("traces/agreement.json"), "utf8")) as Agreement;
    const llama = await getLlama({ gpu: false, build: "never", skipDownload: true, logLevel: LlamaLogLevel.fatal });
    const model = await llama.loadModel({ modelPath: embeddedModel.path });
    const context = await model.createContext({ contextSize: 512, sequences: 1, threads: 1 });
    const sequence = context.getSequence();
    for (const { question, response, tokens, top, confidence } of agreement.texts) {
      const read = [
        ...model.tokenize("<|user|>", true),
        ...model.tokenize(question, false),
        ...model.tokenize("<|assistant|>", true),
        ...(response === "" ? [] : model.tokenize(response, false)),
      ];
      expect(read).toEqual(tokens);
      await sequence.clearHistory();
      const last = { generateNext: { probabilities: true, options: { temperature: 0 } } } as const;
      const [said] = (await sequence.controlledEvaluate([...read.slice(0, -1), [read.at(-1)!, last]])).slice(-1);
      const probabilities = said!.next.probabilities!;
      // llama.cpp rounds activations to half precision in places, PyTorch does not: 0.03 in nats is what that comes to.
      for (const { token, logprob } of top.filter((one) => one.logprob > -12)) {
        expect(Math.abs(Math.log(probabilities.get(token as never)!) - logprob)).toBeLessThan(0.03);
      }
      expect(Math.abs(probabilities.get(agreement.confidenceToken.id as never)! - confidence)).toBeLessThan(0.01);
    }
    await context.dispose();
    await model.dispose();
  });
});
