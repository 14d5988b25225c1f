import { createHash } from "node:crypto";
import type { Question } from "@quorate/core";
import type { QuestionSource } from "./question-source.ts";

/** Questions that are in memory: one typed at the terminal, or a spreadsheet's. */
export function listedQuestions(path: string, questions: readonly Question[]): QuestionSource {
  const places = new Map(questions.map(({ id }, index) => [id, index]));
  return {
    path,
    length: questions.length,
    digest: createHash("sha256").update(JSON.stringify(questions)).digest("hex"),
    indexOf: (id) => places.get(id) ?? -1,
    at: (index) => Promise.resolve(questions[index]!),
    close: () => Promise.resolve(),
  };
}
