import type { Evaluation } from "../replay/evaluation.ts";

/** What `--json` prints and `--out` keeps of a trace: the evaluation, without lists that have nothing to say. */
export type EvaluationJson = Omit<Evaluation, "skipped" | "notes"> & Partial<Pick<Evaluation, "skipped" | "notes">>;

export function evaluationJson({ skipped, notes, ...rest }: Evaluation): EvaluationJson {
  return { ...rest, ...(skipped.length > 0 && { skipped }), ...(notes.length > 0 && { notes }) };
}
