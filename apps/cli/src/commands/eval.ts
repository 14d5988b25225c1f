import { QuorateError } from "@quorate/core";
import { evaluateAllocations, evaluatePolicies, evaluationJson, evaluationTable } from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { allocatorsFrom, requireTotal, type SharingOptions } from "../setup/allocation.ts";
import { type GradingOptions, gradingFrom } from "../setup/grading.ts";
import { policyNamed } from "../setup/policy.ts";

export interface EvalOptions extends GradingOptions, SharingOptions {
  readonly policies: string;
  readonly maxSamples: number;
  readonly permutations: number;
  readonly samplesPerRequest?: number;
  readonly seed: number;
  readonly json?: boolean;
}

const widestTable = 120;

/** Replays policies on recorded samples, one table a file. */
export async function evaluate(traces: readonly string[], options: EvalOptions): Promise<number> {
  const names = options.policies.split(",").map((name) => name.trim());
  const policies = names.filter((name) => name !== "").map(policyNamed);
  if (policies.length === 0) throw new QuorateError({ code: "bad-option", what: "--policies names no policy." });
  const sharing = sharingFrom(options);
  const grading = await gradingFrom(options);
  for (const path of traces) {
    const trace = await openTrace(path, {
      onWarning: (message) => process.stderr.write(`warning: ${safeText(message)}\n`),
    });
    try {
      const { maxSamples, permutations, seed, samplesPerRequest } = options;
      const given = {
        trace,
        policies,
        maxSamples,
        permutations,
        seed,
        grading,
        ...(samplesPerRequest !== undefined && { samplesPerRequest }),
      };
      const evaluation =
        sharing === undefined ? await evaluatePolicies(given) : await evaluateAllocations({ ...given, ...sharing });
      const width = Math.min(widestTable, process.stdout.columns ?? widestTable);
      const text =
        options.json === true ? safeJson(evaluationJson(evaluation)) : evaluationTable(evaluation, width).join("\n");
      process.stdout.write(`${text}\n`);
    } finally {
      await trace.close();
    }
  }
  return exitCodes.allDecided;
}

/** What all questions of a file share; undefined where each has its own full vote. */
function sharingFrom(options: EvalOptions) {
  requireTotal(options);
  const { totalSamples, allocate = "equal,unsettled,value" } = options;
  return totalSamples === undefined ? undefined : { totalSamples, allocators: allocatorsFrom(allocate) };
}
