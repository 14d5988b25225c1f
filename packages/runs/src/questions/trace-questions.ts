import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { openTrace } from "@quorate/providers";
import type { QuestionSource } from "./question-source.ts";

/** The questions that a recording itself holds. */
export async function openTraceQuestions(path: string): Promise<QuestionSource> {
  const trace = await openTrace(path);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return {
    path,
    length: trace.length,
    digest: hash.digest("hex"),
    indexOf: (id) => trace.indexOf(id),
    at: (index) => trace.questionAt(index),
    close: () => trace.close(),
  };
}
