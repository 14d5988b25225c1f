import { QuorateError } from "@quorate/core";
import { RE2JS } from "re2js";
import { found, type Reading } from "./reading.ts";
import { canonicalText } from "./text.ts";

/** Characters times instructions that a search may visit. */
const work = 200_000;
const longestTail = 16_384;
/** So short that searching it never has to be cut off. */
const shortestTail = 16;
const largestProgram = 1_000;

/** Reads the last match of an RE2 pattern: its first group if it has one, else all of it. */
export function patternReader(pattern: string | undefined): (text: string) => Reading {
  const compiled = compile(pattern);
  const group = compiled.groupCount() > 0 ? 1 : 0;
  return (text) => {
    const match = lastMatch(compiled, group, text);
    const answer = match === undefined ? "" : canonicalText(match);
    return answer === "" ? "nothing" : found(answer);
  };
}

function compile(pattern: string | undefined): RE2JS {
  const expected = "a regular expression in RE2 syntax";
  if (pattern === undefined || pattern === "") {
    throw new QuorateError({ code: "bad-option", what: "Answers of kind `pattern` need a `pattern`.", expected });
  }
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (cause) {
    const hint = "RE2 has no backreferences.";
    throw new QuorateError({ code: "bad-option", what: "Cannot use `pattern`.", seen: pattern, expected, hint, cause });
  }
  if (compiled.programSize() > largestProgram) {
    const hint = "Use smaller counts in repetitions.";
    throw new QuorateError({ code: "bad-option", what: "The `pattern` is too large.", seen: pattern, hint });
  }
  return compiled;
}

/**
 * Each search is linear, but a text may hold many matches and each may look far ahead. So the end of the text is
 * searched within a fixed amount of work, and a shorter end when that does not suffice.
 */
function lastMatch(pattern: RE2JS, group: number, text: string): string | undefined {
  const instructions = Math.max(1, pattern.programSize());
  let budget = work / instructions;
  let length = longestTail;
  while (length > shortestTail && length > budget) length /= 4;
  for (; ; length /= 4, budget /= 2) {
    const result = searchTail(pattern, group, text.slice(-length), length <= shortestTail ? Infinity : budget);
    if (result !== "too much") return result.match;
  }
}

function searchTail(pattern: RE2JS, group: number, text: string, budget: number) {
  const matcher = pattern.matcher(text);
  let match: string | undefined;
  let visited = text.length;
  while (matcher.find()) {
    match = matcher.group(group) ?? match;
    visited += text.length - matcher.start();
    if (visited > budget) return "too much" as const;
  }
  return { match };
}
