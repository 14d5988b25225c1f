import type { Question } from "@quorate/core";
import type { RecordedSample, TraceFile } from "@quorate/providers";

/** Samples that an older run recorded for the very same question; an id alone does not make two questions the same. */
export async function reusableSamples(older: TraceFile, question: Question): Promise<readonly RecordedSample[]> {
  const index = older.indexOf(question.id);
  if (index === -1) return none;
  return asksTheSame(await older.questionAt(index), question) ? older.samplesAt(index) : none;
}

const none: readonly RecordedSample[] = [];

function asksTheSame(a: Question, b: Question): boolean {
  const asked = ({ text, messages, options }: Question) => JSON.stringify([text, messages, options]);
  return asked(a) === asked(b);
}
