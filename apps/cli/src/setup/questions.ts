import { QuorateError } from "@quorate/core";
import { firstQuestions, openQuestions, openTraceQuestions, type QuestionSource } from "@quorate/runs";
import { replayedFile } from "./provider.ts";
import type { SamplingOptions } from "./sampling-options.ts";

export interface QuestionOptions extends SamplingOptions {
  readonly map?: Readonly<Record<string, string>>;
  readonly limit?: number;
}

/** The question file, or with `replay:FILE` the questions that the recording holds. */
export async function questionsFrom(path: string | undefined, options: QuestionOptions): Promise<QuestionSource> {
  return firstQuestions(await open(path, options), options.limit);
}

function open(
  path: string | undefined,
  { model, kind, map, pattern, grader }: QuestionOptions,
): Promise<QuestionSource> {
  const recording = replayedFile(model);
  if (path !== undefined) {
    return openQuestions(path, {
      ...(kind !== undefined && { kind }),
      ...(map !== undefined && { fields: map }),
      lacking: {
        ...(pattern === undefined && { pattern: "--pattern" }),
        ...(grader === undefined && { custom: "--grader" }),
      },
    });
  }
  if (recording !== undefined) return openTraceQuestions(recording);
  throw new QuorateError({
    code: "bad-option",
    what: "No question file is named.",
    hint: "Only with --model replay:FILE may it be left out. For a single question there is `quorate ask`.",
  });
}
