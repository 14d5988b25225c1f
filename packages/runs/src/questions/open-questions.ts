import { openCsvQuestions } from "./csv-questions.ts";
import { openJsonlQuestions } from "./jsonl-questions.ts";
import type { QuestionDefaults } from "./question-line.ts";
import type { QuestionSource } from "./question-source.ts";

/** By the name's ending: `.csv` or `.csv.gz` is a spreadsheet, all else one JSON object a line. */
export function openQuestions(path: string, defaults: QuestionDefaults = {}): Promise<QuestionSource> {
  return /\.csv(\.gz)?$/i.test(path) ? openCsvQuestions(path, defaults) : openJsonlQuestions(path, defaults);
}
