import { latexToText } from "./latex-text.ts";
import { candidateLength } from "./limits.ts";
import { lastLine } from "./lines.ts";
import type { Reader } from "./read-response.ts";
import { found, type Reading } from "./reading.ts";
import { firstSentence } from "./sentence.ts";
import { canonicalText } from "./text.ts";

const lineLength = 200;
const emphasized = /^\s*\*\*([^*]+)\*\*/;

/** Free text: what an explicit form gives, else a short last line. */
export const textReader: Reader = {
  read({ text, form }) {
    if (text.length > candidateLength) return "unclear";
    if (form === "boxed") return answered(latexToText(text));
    if (form !== "prose") return answered(text);
    return answered(emphasized.exec(text)?.[1] ?? firstSentence(text));
  },
  fallback: ({ text }) => answered(lastLine(text, lineLength) ?? ""),
};

function answered(text: string): Reading {
  const answer = canonicalText(text);
  return answer === "" ? "nothing" : found(answer);
}
