import { lastBoxed } from "./boxed.ts";
import { candidateLength } from "./limits.ts";
import { lastOccurrences } from "./marks.ts";
import type { Response } from "./response.ts";

/** What stands where a response says its answer stands. */
export interface Candidate {
  readonly text: string;
  /** `prose` is a sentence that may go on to say other things; the rest hold the answer and little else. */
  readonly form: "boxed" | "tagged" | "line" | "hashes" | "prose";
}

const lineMark = /s?(?:[ \t*_]*\([^()\n]{0,40}\))?[ \t*_`]{0,8}[:：=][ \t]*/y;
const headingBefore = /(?:^|\n)[ \t]*(?:#{1,6}|\*\*)[ \t*]*(?:the )?(?:final )?$/;
const headingAfter = /[ \t*]{0,8}(?=\n)/y;
const proseMark =
  /(?: (?:choice|option|value))?(?:[ *_]*\([^()\n]{0,40}\))?(?: (?:to|for|of|in)\b[^.\n:]{0,100}?)?[ *_]+(?:is|are|was|equals|(?:would|should|must|will) be)\b(?:[ \t*_]*[:：])?[ \t]*/y;
const letter = /[a-z]/;
const blankLines = /^[ \t*_]*\n\s*/;

/** The explicit forms a response uses, from the most explicit on; of each kind the last. */
export function* explicitForms(response: Response): Generator<Candidate> {
  const boxed = lastBoxed(response.text);
  if (boxed !== undefined) yield { text: boxed, form: "boxed" };
  const tagged = lastTagged(response);
  if (tagged !== undefined) yield { text: tagged, form: "tagged" };
  const line = lastAnswerLine(response);
  if (line !== undefined) yield { text: line, form: "line" };
  const hashes = lastHashes(response.text);
  if (hashes !== undefined) yield { text: hashes, form: "hashes" };
  for (const { at, end } of mentions(response, proseMark)) {
    if (lineMarkAt(response.folded, at) === undefined) yield { text: passageAt(response.text, end), form: "prose" };
  }
}

/** The last `ANSWER: …` line, or the line under an "Answer" heading. */
export function lastAnswerLine(response: Response): string | undefined {
  for (const at of answers(response.folded)) {
    const end = lineMarkAt(response.folded, at);
    const passage = end === undefined ? "" : passageAt(response.text, end);
    if (passage !== "") return passage;
  }
  return undefined;
}

function lineMarkAt(folded: string, afterWord: number): number | undefined {
  const end = matchEnd(lineMark, folded, afterWord);
  if (end !== undefined) return end;
  if (!headingBefore.test(folded.slice(Math.max(0, afterWord - 40), afterWord - "answer".length))) return undefined;
  return matchEnd(headingAfter, folded, afterWord);
}

function* mentions({ folded }: Response, mark: RegExp): Generator<{ at: number; end: number }> {
  for (const at of answers(folded)) {
    const end = matchEnd(mark, folded, at);
    if (end !== undefined) yield { at, end };
  }
}

function* answers(folded: string): Generator<number> {
  for (const at of lastOccurrences(folded, "answer")) {
    if (!letter.test(folded[at - 1] ?? "")) yield at + "answer".length;
  }
}

function lastTagged({ text, folded }: Response): string | undefined {
  const close = folded.lastIndexOf("</answer>");
  if (close === -1) return undefined;
  const window = folded.slice(Math.max(0, close - candidateLength), close);
  const open = window.lastIndexOf("<answer>");
  const content = open === -1 ? "" : text.slice(close - window.length + open + "<answer>".length, close).trim();
  return content === "" ? undefined : content;
}

/** GSM8K's `#### 42`, on the last line only: elsewhere it is a heading. */
function lastHashes(text: string): string | undefined {
  const at = text.lastIndexOf("####");
  if (at === -1) return undefined;
  const rest = text.slice(at + 4, at + 4 + candidateLength).trim();
  return rest === "" || rest.includes("\n") || text.length > at + 4 + candidateLength ? undefined : rest;
}

/** The rest of the line; of the next that is not blank when there is none; a displayed formula to its end. */
function passageAt(text: string, start: number): string {
  // One more than may be read shows that there is more.
  const window = text
    .slice(start, start + candidateLength + 1)
    .replace(blankLines, "")
    .trimStart();
  const closing = window.startsWith("\\[") ? "\\]" : window.startsWith("$$") ? "$$" : undefined;
  if (closing !== undefined) {
    const end = window.indexOf(closing, 2);
    if (end !== -1) return window.slice(0, end + 2);
  }
  const end = window.indexOf("\n");
  return withoutHalfBold((end === -1 ? window : window.slice(0, end)).trim());
}

/** The line may have been bold from before the marker on. */
function withoutHalfBold(passage: string): string {
  const halves = passage.endsWith("**") && passage.split("**").length % 2 === 0;
  return halves ? passage.slice(0, -2).trim() : passage;
}

function matchEnd(form: RegExp, text: string, position: number): number | undefined {
  form.lastIndex = position;
  return form.test(text) ? form.lastIndex : undefined;
}
