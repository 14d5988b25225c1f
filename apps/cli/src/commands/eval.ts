import { QuorateError } from "@quorate/core";
import {
  type EvaluateOptions,
  type Evaluation,
  evaluatePolicies,
  evaluationFileText,
  evaluationJson,
  evaluationTable,
  fileDigest,
  type LatencyModel,
} from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { type GradingOptions, gradingFrom } from "../setup/grading.ts";
import { openOutFile } from "../setup/out-file.ts";
import { policyFrom } from "../setup/policy.ts";
import { pricedModel } from "../setup/price-model.ts";

export interface EvalOptions extends GradingOptions {
  readonly policies: string;
  readonly maxSamples: number;
  readonly permutations: number;
  readonly samplesPerRequest?: number;
  readonly baseline?: string;
  readonly matched?: boolean;
  readonly priceModel?: string;
  readonly prices?: string;
  readonly latency?: LatencyModel;
  readonly out?: string;
  readonly seed: number;
  readonly json?: boolean;
}

const widestTable = 120;

/** Replays policies on recorded samples, one table a file. */
export async function evaluate(traces: readonly string[], options: EvalOptions): Promise<number> {
  const settings = await settingsFrom(options);
  const out = options.out === undefined ? undefined : await openOutFile(options.out, traces);
  const evaluations: Evaluation[] = [];
  for (const path of traces) {
    const evaluation = await evaluateTrace(path, settings, out !== undefined);
    const width = Math.min(widestTable, process.stdout.columns ?? widestTable);
    const text =
      options.json === true ? safeJson(evaluationJson(evaluation)) : evaluationTable(evaluation, width).join("\n");
    process.stdout.write(`${text}\n`);
    evaluations.push(evaluation);
  }
  await out?.write(evaluationFileText(evaluations));
  return exitCodes.allDecided;
}

type Settings = Omit<EvaluateOptions, "trace">;

async function settingsFrom(options: EvalOptions): Promise<Settings> {
  const { maxSamples, permutations, seed, samplesPerRequest, baseline, matched, priceModel, prices, latency } = options;
  const names = options.policies.split(",").map((name) => name.trim());
  const policies = names.filter((name) => name !== "").map((name) => policyFrom(name, []));
  if (policies.length === 0) throw new QuorateError({ code: "bad-option", what: "--policies names no policy." });
  if (prices !== undefined && priceModel === undefined) {
    throw new QuorateError({ code: "bad-option", what: "--prices needs --price-model: whose prices are wanted?" });
  }
  const priced = priceModel === undefined ? undefined : await pricedModel(priceModel, prices, warn);
  return {
    policies,
    maxSamples,
    permutations,
    seed,
    grading: await gradingFrom(options),
    ...(samplesPerRequest !== undefined && { samplesPerRequest }),
    ...(baseline !== undefined && { baseline }),
    ...(matched !== undefined && { matched }),
    ...(priced !== undefined && { priced }),
    ...(latency !== undefined && { latency }),
  };
}

async function evaluateTrace(path: string, settings: Settings, isKept: boolean): Promise<Evaluation> {
  const trace = await openTrace(path, { onWarning: warn });
  try {
    return await evaluatePolicies({ trace, ...settings, ...(isKept && { digest: await fileDigest(path) }) });
  } finally {
    await trace.close();
  }
}

function warn(message: string): void {
  process.stderr.write(`warning: ${safeText(message)}\n`);
}
