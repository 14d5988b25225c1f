import type { Answer } from "@quorate/core";
import { plainCharacters } from "./characters.ts";
import { letterOf, readLetter } from "./choice-letters.ts";
import { latexToText } from "./latex-text.ts";
import { candidateLength } from "./limits.ts";
import { beforeLastLine, lastLine } from "./lines.ts";
import { OptionTexts } from "./option-texts.ts";
import type { Reader } from "./read-response.ts";
import type { Reading } from "./reading.ts";
import { settle } from "./settle.ts";
import { canonicalText } from "./text.ts";

const alphabet = 26;
/** Without known options a letter far down the alphabet is more likely a symbol, unless the response points at it. */
const likelyOptions = 10;
const lineLength = 400;
const emphasizedLetter = /\*{1,2}\(?([A-Za-z])\)?[.:]?\*{1,2}/g;
const listItem = /^[\s*]*\(?[A-Z][).:]/;

export interface ChoiceReader extends Reader {
  canonical(answer: string): Answer;
}

export function choiceReader(options: readonly string[] | undefined): ChoiceReader {
  const texts = options && new OptionTexts(options);
  const count = Math.min(options?.length ?? alphabet, alphabet);

  function read(passage: string, limit: number): Reading {
    if (passage.length > candidateLength) return "unclear";
    const plain = letterText(passage);
    const said = texts?.equal(plain);
    if (said !== undefined && readLetter(plain, limit) === "nothing") return letterOf(said);
    return readLetter(plain, limit);
  }

  function readWithTexts(passage: string): Reading {
    const reading = read(passage, count);
    if (reading !== "nothing" || texts === undefined || passage.length > candidateLength) return reading;
    const said = texts.within(letterText(passage));
    if (said === undefined) return "nothing";
    return said === "several" || /\bnot\b|n't\b/.test(passage) ? "unclear" : letterOf(said);
  }

  return {
    read: ({ text }) => readWithTexts(text),
    fallback({ text }) {
      const limit = options ? count : likelyOptions;
      const last = lastLine(text, lineLength);
      if (last === undefined) return "nothing";
      const above = beforeLastLine(text);
      // The last of a list of options is no choice.
      const listed = listItem.test(last) && listItem.test(lastLine(above, lineLength) ?? "");
      const reading = listed ? "nothing" : read(last, limit);
      if (reading !== "nothing" || above.trim() === "") return reading;
      const first = text.trimStart().slice(0, lineLength).split("\n", 1)[0] ?? "";
      return opensWithChoice(first) ? read(first, limit) : "nothing";
    },
    canonical: (answer) =>
      settle((text) => {
        const reading = readWithTexts(text);
        return typeof reading === "string" ? canonicalText(text) : reading.answer;
      }, answer),
  };

  function opensWithChoice(line: string): boolean {
    const plain = letterText(line).trim();
    const [, letter, rest = ""] = /^\(?([A-Z])[).:]?(?:\s+(.*))?$/.exec(plain) ?? [];
    if (letter === undefined) return false;
    return rest === "" || texts?.equal(rest) === letter.charCodeAt(0) - 65;
  }
}

function letterText(passage: string): string {
  return latexToText(plainCharacters(passage))
    .replace(emphasizedLetter, "($1)")
    .replace(/[*`$]|__/g, "");
}
