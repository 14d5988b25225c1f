import { createHash } from "node:crypto";
import { createReadStream, writeFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { QuorateError, type Risk, setParameter, type TuningMethod } from "@quorate/core";
import { tunePolicy, tuningJson, tuningLines } from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { type GradingOptions, gradingFrom } from "../setup/grading.ts";
import { policyNamed } from "../setup/policy.ts";

export interface TuneCommandOptions extends GradingOptions {
  readonly policy: string;
  readonly set?: readonly string[];
  readonly risk: Risk;
  readonly epsilon: number;
  readonly delta?: number;
  readonly maxSamples: number;
  readonly method: TuningMethod;
  readonly parameter?: string;
  readonly seed: number;
  readonly permutations: number;
  readonly out: string;
  readonly json?: boolean;
}

const widestTable = 100;

/** Finds the level that keeps a bound on the risk of stopping early, and writes the policy that promises it. */
export async function tune(path: string, options: TuneCommandOptions): Promise<number> {
  const { risk, epsilon, delta, maxSamples, method, parameter, seed, permutations, out } = options;
  const policy = (options.set ?? []).reduce(setParameter, policyNamed(options.policy));
  const grading = await gradingFrom(options);
  const trace = await openTrace(path, {
    onWarning: (message) => process.stderr.write(`warning: ${safeText(message)}\n`),
  });
  try {
    const tuning = await tunePolicy({
      trace,
      digest: await digestOf(path),
      policy,
      risk,
      epsilon,
      maxSamples,
      method,
      seed,
      permutations,
      grading,
      ...(delta !== undefined && { delta }),
      ...(parameter !== undefined && { parameter }),
    });
    writePolicy(out, tuning.policy);
    const width = Math.min(widestTable, process.stdout.columns ?? widestTable);
    const text =
      options.json === true
        ? safeJson({ out, ...tuningJson(tuning) })
        : [
            ...tuningLines(tuning, width),
            "",
            `written to ${out}: quorate run --policy ${out} --max-samples ${maxSamples}`,
          ].join("\n");
    process.stdout.write(`${text}\n`);
  } finally {
    await trace.close();
  }
  return exitCodes.allDecided;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function writePolicy(path: string, policy: unknown): void {
  try {
    writeFileSync(path, `${JSON.stringify(policy, undefined, 2)}\n`);
  } catch (cause) {
    throw new QuorateError({
      code: "bad-option",
      what: `The policy cannot be written to ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Name another file with --out.",
      cause,
    });
  }
}
