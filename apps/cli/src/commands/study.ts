import { renderStudy, type Study, studyJson, studyLines, studyTrace } from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { type GradingOptions, gradingFrom } from "../setup/grading.ts";
import { openOutFile } from "../setup/out-file.ts";

export interface StudyCommandOptions extends GradingOptions {
  readonly signals?: string;
  readonly report?: string;
  readonly resamples: number;
  readonly seed: number;
  readonly json?: boolean;
}

const widestTable = 130;

/** What the confidences in recordings are worth: signals against metrics, one table a file. */
export async function study(paths: readonly string[], options: StudyCommandOptions): Promise<number> {
  const report = options.report === undefined ? undefined : await openOutFile(options.report, paths, "--report");
  const grading = await gradingFrom(options);
  const { resamples, seed } = options;
  const signals = options.signals?.split(",").map((name) => name.trim());
  const studies: Study[] = [];
  for (const path of paths) {
    const trace = await openTrace(path, { onWarning: warn });
    try {
      const settings = { trace, resamples, seed, grading, ...(signals !== undefined && { signals }) };
      const found = await studyTrace(settings);
      const width = Math.min(widestTable, process.stdout.columns ?? widestTable);
      const text = options.json === true ? safeJson(studyJson(found)) : studyLines(found, width).join("\n");
      process.stdout.write(`${text}\n`);
      studies.push(found);
    } finally {
      await trace.close();
    }
  }
  if (report !== undefined) {
    const pieces: string[] = [];
    for await (const piece of renderStudy(studies)) pieces.push(piece);
    await report.write(pieces.join(""));
    process.stderr.write(`report in ${safeText(options.report!)}\n`);
  }
  return exitCodes.allDecided;
}

function warn(message: string): void {
  process.stderr.write(`warning: ${safeText(message)}\n`);
}
