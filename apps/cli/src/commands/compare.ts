import { exitCodes } from "../exit-codes.ts";
import { safeJson } from "../screen/safe-text.ts";
import { loadRun } from "../setup/run-on-disk.ts";

/** Two runs over the same questions, paired. */
export async function compare(first: string, second: string, options: { readonly json?: boolean }): Promise<number> {
  const { compareRuns, comparisonLines } = await import("@quorate/evaluation");
  const [a, b] = await Promise.all([loadRun(first), loadRun(second)]);
  const comparison = await compareRuns(a.decisions(), b.decisions());
  const text =
    options.json === true ? safeJson(comparison) : comparisonLines(comparison, { a: first, b: second }).join("\n");
  process.stdout.write(`${text}\n`);
  return exitCodes.allDecided;
}
