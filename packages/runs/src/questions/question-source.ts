import type { Question } from "@quorate/core";

/** The questions of a run, in input order. A source keeps places in memory, not questions. */
export interface QuestionSource {
  /** For messages and `run.json`. */
  readonly path: string;
  readonly length: number;
  /** Changes when any question changes. */
  readonly digest: string;
  /** The place of a question, −1 when there is none of this id. */
  indexOf(id: string): number;
  at(index: number): Promise<Question>;
  close(): Promise<void>;
}

/** Only the first so many questions. */
export function firstQuestions(source: QuestionSource, limit: number | undefined): QuestionSource {
  if (limit === undefined || limit >= source.length) return source;
  return {
    path: source.path,
    length: limit,
    digest: source.digest,
    indexOf: (id) => {
      const index = source.indexOf(id);
      return index < limit ? index : -1;
    },
    at: (index) => source.at(index),
    close: () => source.close(),
  };
}
