import type { Answer } from "@quorate/core";
import { textLength } from "./limits.ts";
import { settle } from "./settle.ts";

const spaces = /\s+/g;
const opening = /^[\s"'“”‘’«»*_`~#>]+/;
const closing = /[\s"'“”‘’«»*_`~.,;:!?。、!?]$/;
const article = /^(?:a|an|the) (?=\S)/;

/** Words without case, spacing, leading article, surrounding quotes and markdown, or punctuation at the end. */
export function canonicalText(answer: string): Answer {
  const short = answer.length > 2 * textLength ? answer.trim().slice(0, 2 * textLength) : answer;
  return settle(rewrite, short);
}

function rewrite(text: string): string {
  const even = text.normalize("NFKC").toLowerCase().replace(spaces, " ").trim().slice(0, textLength).trim();
  const bare = withoutClosing(even.replace(opening, "")).replace(article, "");
  return bare === "" ? even : bare;
}

function withoutClosing(text: string): string {
  let end = text.length;
  while (end > 0 && closing.test(text[end - 1] ?? "")) end--;
  return text.slice(0, end);
}
