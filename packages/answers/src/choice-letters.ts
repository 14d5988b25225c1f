import { found, type Reading } from "./reading.ts";

const whole = /^[\s"'{]*(?:(?:option|choice|answer|letter)[ :]*)?[([]{0,2}([A-Za-z])[)\].:,]{0,2}[\s"'}.!]*$/i;
const spelled =
  /(?<![A-Za-z0-9'-])((?:option|choice|letter)s? *:? *)?([([] ?)?([A-Za-z])( ?[)\]]|[.:,](?=\s|$)|)(?!-?[A-Za-z0-9'])/gi;
const introduced = /(?:\b(?:is|are|be|it's|answer|but|namely|select|choose|pick|chose|say|\w+ly)|[:=]) *$/i;
const negated = /(?:\b(?:not|never|cannot be)|n't)(?: (?!but\b)[a-z']{2,}){0,2} ?$/i;
const joins = /^[\s,;/&|]*(?:(?:or|and|nor)\b)?\s*$/i;
const goesOn = /^ +(?!(?:because|since|as|is|and|or|which|with|for|but|was)\b)[a-z]/;

interface Letter {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly leads: boolean;
}

/** The option letter a short plain text names, among the first `count` letters. */
export function readLetter(text: string, count: number): Reading {
  const alone = whole.exec(text)?.[1];
  if (alone !== undefined) return optionIndex(alone) < count ? letterOf(optionIndex(alone)) : "nothing";
  const letters = spelledLetters(text, count).filter(
    ({ start }) => !negated.test(text.slice(Math.max(0, start - 40), start)),
  );
  const [first, second] = letters;
  if (first === undefined) return "nothing";
  if (second === undefined || letters.every(({ index }) => index === first.index)) return letterOf(first.index);
  return first.leads && !joins.test(text.slice(first.end, second.start)) ? letterOf(first.index) : "unclear";
}

export function letterOf(index: number): Reading {
  return found(String.fromCharCode(65 + index));
}

function optionIndex(letter: string): number {
  return letter.toUpperCase().charCodeAt(0) - 65;
}

function spelledLetters(text: string, count: number): Letter[] {
  const letters: Letter[] = [];
  for (const match of text.matchAll(spelled)) {
    const [{ length }, keyword, open, letter = "", close = ""] = match;
    const start = match.index;
    const end = start + length;
    const wrapped = (open !== undefined && /[)\]]/.test(close)) || keyword !== undefined;
    const leads = text.slice(0, start).trim().replace(/["'(]/g, "") === "";
    const before = text.slice(Math.max(0, start - 24), start);
    const previous = letters.at(-1);
    const joined = previous !== undefined && joins.test(text.slice(previous.end, start));
    const placed = leads || introduced.test(before) || joined || /\bnot $/i.test(before);
    if (optionIndex(letter) >= count || !(wrapped || placed) || !isLetter(text, end, letter, close, wrapped)) continue;
    letters.push({ index: optionIndex(letter), start, end, leads });
  }
  return letters;
}

/** Not the article, not the pronoun, and not a small letter that nothing sets apart. */
function isLetter(text: string, end: number, letter: string, close: string, wrapped: boolean): boolean {
  if (wrapped) return letter !== "a" || close.trim() !== "" || !goesOn.test(text.slice(end, end + 12));
  if (letter >= "a") return close === ")";
  return !(letter === "A" || letter === "I") || close !== "" || !goesOn.test(text.slice(end, end + 12));
}
