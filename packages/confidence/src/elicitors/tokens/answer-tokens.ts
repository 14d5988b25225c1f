import type { Answer, TokenLogprob } from "@quorate/core";

/** Longer answers are sentences, whose tokens say little about the answer. In UTF-16 code units. */
const longestAnswer = 200;
const marker = /answer/gi;

/**
 * The tokens that spell the answer where the response gives it: the first place after the last word "answer", else at the
 * very beginning, else the last place. Undefined where none spells it as it is in canonical form, but for case, and commas
 * between digits.
 */
export function answerTokens(
  tokens: readonly TokenLogprob[] | undefined,
  answer: Answer,
): readonly TokenLogprob[] | undefined {
  if (tokens === undefined || answer === "" || answer.length > longestAnswer) return undefined;
  const text = tokens.map(({ token }) => token).join("");
  const place = placeOf(text, spellingOf(answer, "g")) ?? placeOf(text, spellingOf(answer, "gi"));
  return place && overlapping(tokens, place);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(text: string, spelling: RegExp): Place | undefined {
  const places = Array.from(text.matchAll(spelling), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  const last = places.at(-1);
  const markers = Array.from(text.matchAll(marker), ({ 0: { length }, index }) => index + length);
  const said = markers.at(-1);
  const after = said === undefined ? undefined : places.find(({ start }) => start >= said);
  if (after !== undefined) return after;
  const first = places[0];
  return first !== undefined && text.slice(0, first.start).trim() === "" ? first : last;
}

/** Not inside a longer word or number. */
function spellingOf(answer: Answer, flags: string): RegExp {
  const letters = answer
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/(?<=\d)(?=\d)/g, ",?")
    .replace(/\s+/g, "\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,])${letters}(?![\\p{L}\\p{N}]|[.,]\\d)`, `${flags}u`);
}

function overlapping(tokens: readonly TokenLogprob[], { start, end }: Place): readonly TokenLogprob[] {
  let at = 0;
  return tokens.filter(({ token }) => {
    const begin = at;
    at += token.length;
    return begin < end && at > start;
  });
}
