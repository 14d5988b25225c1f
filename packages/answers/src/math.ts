import type { Answer } from "@quorate/core";
import type { Candidate } from "./explicit-forms.ts";
import { candidateLength } from "./limits.ts";
import { lastLine } from "./lines.ts";
import { cleanMath } from "./math-clean.ts";
import { mathTokens, parseMath } from "./math-parser.ts";
import { readNumber, wholeNumber } from "./number.ts";
import { found, type Reading } from "./reading.ts";
import type { Response } from "./response.ts";
import { firstSentence } from "./sentence.ts";
import { settle } from "./settle.ts";
import { canonicalText } from "./text.ts";

const knownUnit =
  /(?<=[\d}]) *(?:degrees?|dollars?|cents?|percent|hours?|minutes?|seconds?|days?|weeks?|months?|years?|units?|meters?|metres?|feet|foot|inch(?:es)?|miles?|cm|mm|km|kg|mg|ml|mph)(?: ?\^ ?\{?\d\}?)?\.?$/i;
const delimited = /\$\$([^$]+)\$\$|\$(?!\s)([^$\n]+)(?<!\s)\$(?!\d)|\\\(([^\n]+?)\\\)|\\\[(.+?)\\\]/gs;
const mathematical = /\\(?:sin|cos|tan|cot|sec|csc|ln|log|exp|sqrt|[a-zA-Z]+)/g;
const word = /[a-zA-Z]{3,}/;
const reason = /[,;.]? (?:because|since|where|as|so|which)\b/i;
const between = /\s+(?:or|and)\s+/g;
const afterFormula = 100;
const lineLength = 600;

/** Formulas, as far as cheap rewriting tells that they are the same. */
export function canonicalMath(answer: string): Answer {
  return settle(rewrite, answer);
}

function rewrite(formula: string): string {
  if (formula.length > candidateLength) return canonicalText(formula);
  const clean = cleanMath(formula);
  const number = wholeNumber(clean.replace(knownUnit, ""));
  if (number !== undefined) return number;
  if (clean.includes("\\begin")) return mathTokens(clean);
  const listed = clean.replace(/^\{(.*)\}$/, "\\{$1\\}").replace(between, ",");
  if (wordy(listed)) return canonicalText(clean);
  if (clean === "") return formula.trim() === "" ? "" : canonicalText(formula);
  return parseMath(listed) ?? mathTokens(clean);
}

function wordy(clean: string): boolean {
  return word.test(clean.replace(mathematical, " "));
}

export function readMath({ text, form }: Candidate): Reading {
  if (text.length > candidateLength) return "unclear";
  if (form === "boxed") return answered(text);
  const sentence = form === "prose" ? firstSentence(text) : text;
  const formulas = formulasIn(sentence);
  const [only] = formulas;
  if (only !== undefined && formulas.length === 1) return answered(only);
  const cut = reason.exec(sentence);
  const short = cut && cut.index > 0 ? sentence.slice(0, cut.index) : sentence;
  if (!wordy(cleanMath(short).replace(knownUnit, "").replace(between, ","))) return answered(short);
  const number = readNumber(short);
  if (typeof number !== "string" || number === "unclear") return number;
  return form === "prose" ? "nothing" : answered(short);
}

/** A formula that ends the response, or a last line that is nothing but one. An earlier formula would be a guess. */
export function lastFormula({ text }: Response): Reading {
  const end = text.trimEnd().slice(-candidateLength);
  const last = [...end.matchAll(delimited)].at(-1);
  if (last) {
    const rest = end.slice(last.index + last[0].length);
    return rest.length <= afterFormula && !rest.includes("\n") ? answered(content(last)) : "nothing";
  }
  const line = lastLine(text, lineLength);
  return line === undefined || wordy(cleanMath(line).replace(knownUnit, "")) ? "nothing" : answered(line);
}

function formulasIn(text: string): string[] {
  return [...text.matchAll(delimited)].map(content);
}

function content(match: RegExpMatchArray): string {
  return match.slice(1).find((group) => group !== undefined) ?? "";
}

function answered(formula: string): Reading {
  const answer = canonicalMath(formula);
  return answer === "" ? "nothing" : found(answer);
}
