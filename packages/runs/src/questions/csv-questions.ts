import { type Question, QuorateError } from "@quorate/core";
import { openBytes } from "@quorate/providers";
import { listedQuestions } from "./listed-questions.ts";
import { parseQuestion, type QuestionDefaults, wrongQuestion } from "./question-line.ts";
import type { QuestionSource } from "./question-source.ts";

/** Opens a CSV file with a header row. Empty cells are absent; options are one cell, separated by `|`. */
export async function openCsvQuestions(path: string, defaults: QuestionDefaults = {}): Promise<QuestionSource> {
  const { parse, CsvError } = await import("csv-parse/sync");
  let rows: { readonly record: Record<string, string>; readonly info: { readonly lines: number } }[];
  try {
    const content = await contentOf(path);
    rows = parse(content, { columns: true, bom: true, info: true, skip_empty_lines: true, trim: true }) as never;
  } catch (cause) {
    const what = cause instanceof CsvError ? `${path} is not valid CSV` : `The question file ${path} cannot be read`;
    const hint = cause instanceof Error ? cause.message : String(cause);
    throw new QuorateError({ code: "bad-input", what: `${what}: ${hint}.`, cause });
  }
  const lineOf = new Map<string, number>();
  const questions = rows.map(({ record, info }): Question => {
    const place = { path, line: info.lines };
    const question = parseQuestion(cells(record, defaults.fields?.options ?? "options"), defaults, place);
    const first = lineOf.get(question.id);
    if (first !== undefined) throw wrongQuestion(place, `the id "${question.id}" is that of line ${first} already`);
    lineOf.set(question.id, info.lines);
    return question;
  });
  if (questions.length === 0)
    throw new QuorateError({ code: "bad-input", what: `The question file ${path} holds no question.` });
  return listedQuestions(path, questions);
}

async function contentOf(path: string): Promise<string> {
  const bytes = await openBytes(path);
  try {
    return (await bytes.read(0, bytes.size)).toString("utf8");
  } finally {
    await bytes.close();
  }
}

function cells(row: Record<string, string>, optionsField: string): Record<string, unknown> {
  const filled = Object.entries(row).filter(([, cell]) => cell !== "");
  return Object.fromEntries(
    filled.map(([name, cell]) => [name, name === optionsField ? cell.split("|").map((option) => option.trim()) : cell]),
  );
}
