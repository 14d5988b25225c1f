import { QuorateError } from "@quorate/core";
import {
  type EvaluateOptions,
  type Evaluation,
  evaluateAllocations,
  evaluatePolicies,
  evaluationFileText,
  evaluationJson,
  evaluationTable,
  fileDigest,
  type LatencyModel,
  renderEvaluationReport,
} from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { allocatorsFrom, requireTotal, type SharingOptions } from "../setup/allocation.ts";
import { type ConfidenceOptions, requireOfSamples, withConfidence } from "../setup/calibration.ts";
import { type GradingOptions, gradingFrom } from "../setup/grading.ts";
import { openOutFile } from "../setup/out-file.ts";
import { policyNamed } from "../setup/policy.ts";
import { pricedModel } from "../setup/price-model.ts";

export interface EvalOptions
  extends GradingOptions,
    SharingOptions,
    Pick<ConfidenceOptions, "confidence" | "calibrator"> {
  readonly policies: string;
  readonly maxSamples: number;
  readonly permutations: number;
  readonly samplesPerRequest?: number;
  readonly baseline?: string;
  readonly matched?: boolean;
  readonly priceModel?: string;
  readonly prices?: string;
  readonly latency?: LatencyModel;
  readonly cascade?: string;
  readonly escalateBelow?: number;
  readonly out?: string;
  readonly report?: string;
  readonly seed: number;
  readonly json?: boolean;
}

const widestTable = 120;

/** Replays policies on recorded samples, one table a file. */
export async function evaluate(traces: readonly string[], options: EvalOptions): Promise<number> {
  if (options.escalateBelow !== undefined) {
    throw new QuorateError({ code: "bad-option", what: "--escalate-below needs --cascade: where to?" });
  }
  const settings = await settingsFrom(options);
  const sharing = sharingFrom(options);
  const out = options.out === undefined ? undefined : await openOutFile(options.out, traces);
  // Neither result may take the other's place.
  const inputs = options.out === undefined ? traces : [...traces, options.out];
  const page = options.report === undefined ? undefined : await openOutFile(options.report, inputs, "--report");
  const evaluations: Evaluation[] = [];
  for (const path of traces) {
    const evaluation = await evaluateTrace(path, settings, {
      sharing,
      isKept: out !== undefined || page !== undefined,
    });
    const width = Math.min(widestTable, process.stdout.columns ?? widestTable);
    const text =
      options.json === true ? safeJson(evaluationJson(evaluation)) : evaluationTable(evaluation, width).join("\n");
    process.stdout.write(`${text}\n`);
    evaluations.push(evaluation);
  }
  await out?.write(evaluationFileText(evaluations));
  await page?.write(renderEvaluationReport(evaluations.map(evaluationJson)));
  return exitCodes.allDecided;
}

type Settings = Omit<EvaluateOptions, "trace">;

interface Treatment {
  readonly sharing: ReturnType<typeof sharingFrom>;
  /** Whether the results go to a file. */
  readonly isKept: boolean;
}

async function settingsFrom(options: EvalOptions): Promise<Settings> {
  const { maxSamples, permutations, seed, samplesPerRequest, baseline, matched, priceModel, prices, latency } = options;
  const names = options.policies.split(",").map((name) => name.trim());
  requireOfSamples(options);
  const policies = names.filter((name) => name !== "").map((name) => withConfidence(policyNamed(name), options));
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

async function evaluateTrace(path: string, settings: Settings, { sharing, isKept }: Treatment): Promise<Evaluation> {
  const trace = await openTrace(path, { onWarning: warn });
  try {
    const given = { trace, ...settings, ...(isKept && { digest: await fileDigest(path) }) };
    return await (sharing === undefined ? evaluatePolicies(given) : evaluateAllocations({ ...given, ...sharing }));
  } finally {
    await trace.close();
  }
}

function warn(message: string): void {
  process.stderr.write(`warning: ${safeText(message)}\n`);
}

/** What all questions of a file share; undefined where each has its own full vote. */
function sharingFrom(options: EvalOptions) {
  requireTotal(options);
  const { matched, baseline } = options;
  if (options.totalSamples !== undefined && (matched === true || baseline !== undefined)) {
    throw new QuorateError({
      code: "bad-option",
      what: "With --total-samples rows are pairs of policy and allocator: there is no --matched and no --baseline.",
    });
  }
  const { totalSamples, allocate = "equal,unsettled,value" } = options;
  return totalSamples === undefined ? undefined : { totalSamples, allocators: allocatorsFrom(allocate) };
}
