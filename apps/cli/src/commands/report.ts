import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { QuorateError } from "@quorate/core";
import { parseEvaluationFile, renderEvaluationReport } from "@quorate/evaluation";
import { runFiles } from "@quorate/runs";
import { exitCodes } from "../exit-codes.ts";
import { safeText } from "../screen/safe-text.ts";
import { openOutFile } from "../setup/out-file.ts";
import { loadRun, reportOf, summaryOf } from "../setup/run-on-disk.ts";

interface Written {
  readonly path: string;
  /** Never overwritten. */
  readonly inputs: readonly string[];
  readonly pieces: AsyncIterable<string>;
}

/** A run or a kept evaluation as one HTML file. */
export async function report(source: string, options: { readonly out?: string }): Promise<number> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined) {
    throw new QuorateError({
      code: "not-found",
      what: `There is no ${source}.`,
      hint: "Name a run directory, or a file that quorate eval --out wrote.",
    });
  }
  const { path, inputs, pieces } = found.isDirectory() ? await runReport(source) : await evaluationReport(source);
  const named = options.out ?? path;
  const out = await openOutFile(named, inputs, options.out === undefined ? "The report" : "--out");
  await out.write(pieces);
  process.stdout.write(`report in ${safeText(named)}\n`);
  return exitCodes.allDecided;
}

async function runReport(directory: string): Promise<Written> {
  const run = await loadRun(directory);
  const { report: name, ...others } = runFiles;
  return {
    path: join(directory, name),
    inputs: Object.values(others).map((file) => join(directory, file)),
    pieces: await reportOf(run, await summaryOf(run)),
  };
}

async function evaluationReport(file: string): Promise<Written> {
  const { evaluations } = parseEvaluationFile(await readFile(file, "utf8"), file);
  return {
    path: `${file.replace(/\.json$/, "")}.html`,
    inputs: [file],
    pieces: renderEvaluationReport(evaluations),
  };
}
