import { QuorateError } from "@quorate/core";
import { z } from "zod";
import type { Evaluation } from "../replay/evaluation.ts";
import { type EvaluationJson, evaluationJson } from "./evaluation-json.ts";
import { evaluationSchema } from "./evaluation-schema.ts";

/** The one version so far. A version changes when a reader of the earlier one would misread the file. */
const version = 1;

/** What `quorate eval --out` writes: one evaluation for each trace, in the order given. */
export interface EvaluationFile {
  readonly quorate: "evaluation";
  readonly version: typeof version;
  readonly evaluations: readonly EvaluationJson[];
}

const schema: z.ZodType<EvaluationFile> = z.object({
  quorate: z.literal("evaluation"),
  version: z.literal(version),
  evaluations: z.array(evaluationSchema),
});

/** The same evaluations give the same text. */
export function evaluationFileText(evaluations: readonly Evaluation[]): string {
  const file: EvaluationFile = { quorate: "evaluation", version, evaluations: evaluations.map(evaluationJson) };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** @throws QuorateError `bad-input` naming the field that is wrong */
export function parseEvaluationFile(text: string, path: string): EvaluationFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new QuorateError({
      code: "bad-input",
      what: `The evaluation ${path} is not valid JSON.`,
      hint: "Files that quorate eval --out writes can be read.",
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join(".") || "(the whole file)";
  throw new QuorateError({
    code: "bad-input",
    what: `The evaluation ${path} is wrong at ${field}: ${issue?.message ?? "unknown reason"}.`,
    hint: "Files that quorate eval --out writes can be read; this version knows version 1.",
    cause: parsed.error,
  });
}
