import { join } from "node:path";
import { estimatorFor } from "@quorate/confidence";
import { QuorateError, type Sample } from "@quorate/core";
import { openTrace } from "@quorate/providers";
import { runFiles } from "@quorate/runs";
import { exitCodes } from "../exit-codes.ts";
import { questionLines } from "../screen/question.ts";
import { safeJson } from "../screen/safe-text.ts";
import { summaryJson, summaryLines } from "../screen/summary.ts";
import { decisionIn, loadRun, type RunOnDisk, summaryOf } from "../setup/run-on-disk.ts";

/** What a run decided; with an id, everything about one question. */
export async function show(out: string, id: string | undefined, options: { readonly json?: boolean }): Promise<number> {
  const run = await loadRun(out);
  if (id !== undefined) return showQuestion(run, id, options.json === true);
  const told = { run, summary: await summaryOf(run), budgetUsd: run.run.limits.budgetUsd };
  process.stdout.write(
    options.json === true ? `${safeJson(summaryJson(told))}\n` : `${summaryLines(told).join("\n")}\n`,
  );
  return exitCodes.allDecided;
}

async function showQuestion(run: RunOnDisk, id: string, asJson: boolean): Promise<number> {
  const trace = await openTrace(join(run.out, runFiles.samples));
  try {
    const index = trace.indexOf(id);
    if (index === -1) {
      const first = trace.length > 0 ? (await trace.questionAt(0)).id : undefined;
      throw new QuorateError({
        code: "not-found",
        what: `The run has no samples of a question "${id}".`,
        hint:
          first === undefined ? "It has none at all yet." : `Ids look like "${first}"; decisions.jsonl lists them all.`,
      });
    }
    const [question, samples] = [await trace.questionAt(index), await trace.samplesAt(index)];
    const estimate = estimatorFor(run.run.identity.policy);
    const told = {
      question,
      samples: samples.map((sample) => withConfidence(sample, estimate(sample.signals))),
      decision: await decisionIn(run.out, id),
    };
    process.stdout.write(asJson ? `${safeJson(told)}\n` : `${questionLines(told).join("\n")}\n`);
    return exitCodes.allDecided;
  } finally {
    await trace.close();
  }
}

/** What the vote saw beside what was measured. */
function withConfidence(sample: Sample, confidence: number | undefined): Sample & { readonly confidence?: number } {
  return confidence === undefined || sample.extraction.kind === "abstention" ? sample : { ...sample, confidence };
}
