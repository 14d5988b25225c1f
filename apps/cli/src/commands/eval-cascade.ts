import { QuorateError } from "@quorate/core";
import { cascadeLines, evaluateCascade } from "@quorate/evaluation";
import { openTrace, type TraceFile } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { gradingFrom } from "../setup/grading.ts";
import { policyNamed } from "../setup/policy.ts";
import { pricedModel } from "../setup/price-model.ts";
import type { EvalOptions } from "./eval.ts";

const widestTable = 130;

/** Recordings of several models on the same questions, the cheapest first: what is worth escalating, and keeping back? */
export async function evaluateCascadeOf(first: readonly string[], options: EvalOptions): Promise<number> {
  refuseOthers(first, options);
  const paths = [...first, ...listed(options.cascade!)];
  const names = listed(options.policies);
  const policies = perStage("--policies", names, paths.length).map(policyNamed);
  const models = options.priceModel === undefined ? [] : listed(options.priceModel);
  const prices = await Promise.all(
    (models.length === 0 ? [] : perStage("--price-model", models, paths.length)).map((model) =>
      pricedModel(model, options.prices, warn),
    ),
  );
  const traces: TraceFile[] = [];
  try {
    for (const path of paths) traces.push(await openTrace(path, { onWarning: warn }));
    const { maxSamples, permutations, seed, escalateBelow } = options;
    const cascade = await evaluateCascade({
      stages: traces.map((trace, place) => {
        const priced = prices[place];
        return { trace, policy: policies[place]!, ...(priced !== undefined && { price: priced.price }) };
      }),
      ...{ maxSamples, permutations, seed, grading: await gradingFrom(options) },
      ...(escalateBelow !== undefined && { escalateBelow: [escalateBelow] }),
    });
    const width = Math.min(widestTable, process.stdout.columns ?? widestTable);
    const text = options.json === true ? safeJson(cascade) : cascadeLines(cascade, width).join("\n");
    process.stdout.write(`${text}\n`);
  } finally {
    for (const trace of traces) await trace.close();
  }
  return exitCodes.allDecided;
}

function refuseOthers(first: readonly string[], options: EvalOptions): void {
  if (first.length > 1) {
    throw new QuorateError({
      code: "bad-option",
      what: "A cascade begins with one recording.",
      hint: "Name the further stages after --cascade, separated by commas.",
    });
  }
  const names = ["totalSamples", "matched", "baseline", "latency", "out", "samplesPerRequest"] as const;
  const others = [...names, "confidence", "calibrator"] as const;
  const given = others.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new QuorateError({ code: "bad-option", what: `--cascade and --${option} do not go together.` });
}

/** One for each stage, or one for all of them. */
function perStage(option: string, values: readonly string[], stages: number): readonly string[] {
  if (values.length === stages) return values;
  if (values.length === 1) return Array.from({ length: stages }, () => values[0]!);
  throw new QuorateError({
    code: "bad-option",
    what: `${option} names ${values.length}, and the cascade has ${stages} stages.`,
    expected: "one for each stage, or one for all",
  });
}

function listed(names: string): string[] {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function warn(message: string): void {
  process.stderr.write(`warning: ${safeText(message)}\n`);
}
