import { numberOfWords, numberWords } from "./number-words.ts";
import { saidAloud } from "./said-aloud.ts";

const number = String.raw`(?:\d{1,3}(?:\.\d{1,4}|,\d{1,2})?|\.\d{1,4})(?!\d)`;
const amount = `(?:${number}|${numberWords}\\b)`;
const percent = String.raw`\s*(?:%|per ?cent\b|\/ ?100\b)`;
const value = `(?<value>${amount})(?:(?<percent>${percent})|\\s*(?:\\/|out of)\\s*(?<whole>${number}))?(?:\\s*(?:-|–|—|to)\\s*(?<upper>${amount})(?<upperPercent>${percent})?)?`;
const quotes = String.raw`[\s*_"'\`]*`;
const noun = "(?:confidence|certainty)";
const about = String.raw`(?:about|around|approximately|roughly|at least|~|≈)?\s*`;

/**
 * `Confidence: 85 %`, `"confidence": 0.85`, `my confidence is ninety percent`. A level of confidence that is *of* a number, and
 * an interval, belong to statistics.
 */
const named = new RegExp(
  `\\b${noun}(?:\\s+(?:score|rating|estimate|in (?:this|my|the|that) (?:final )?answer)|(?<level>\\s+level))?(?:\\s*\\([^()\\n]{0,60}\\))?${quotes}(?:(?<sign>[:=])|is\\b|of\\b|-)${quotes}\\(?${about}${value}`,
  "gi",
);
/** `85 % sure`, `about 90 percent confident`. */
const attributed = new RegExp(
  `(?<![\\d.,])(?<value>${amount})(?<percent>${percent})\\s+(?:confident|confidence|sure|certain|certainty)\\b(?!\\s+(?:intervals?|levels?|limits?|bounds?|regions?|bands?)\\b)`,
  "gi",
);

/** Where the response states how sure it is, in order. The answer's own numbers are never among them. */
function* statements(text: string): Generator<RegExpExecArray> {
  const matches = [...text.matchAll(named), ...text.matchAll(attributed)].sort((a, b) => a.index - b.index);
  for (const match of matches) {
    const { level, sign } = match.groups ?? {};
    if (level === undefined || sign !== undefined) yield match;
  }
}

/**
 * The confidence that a response states last, in [0,1]; undefined where it states none, or none that can be read. `85 %`,
 * `85/100`, `8.5 out of 10`, `0.85`, `85`, `eighty-five percent`; of a range the middle. A bare `1` is either one percent or
 * certainty, and says nothing. What stands in hidden reasoning does not count.
 */
export function statedConfidence(text: string): number | undefined {
  const last = [...statements(saidAloud(text))].at(-1)?.groups;
  if (last === undefined) return undefined;
  const { value = "", percent, whole, upper, upperPercent } = last;
  const isPercent = percent !== undefined || upperPercent !== undefined;
  const low = shareOf(value, isPercent, whole);
  const high = upper === undefined ? low : shareOf(upper, isPercent, whole);
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The text without any such statement. */
export function withoutStatedConfidence(text: string): string {
  return text.replace(named, " ").replace(attributed, " ");
}

function shareOf(written: string, isPercent: boolean, whole: string | undefined): number | undefined {
  const inWords = /^[a-z]/i.test(written);
  const parsed = inWords ? numberOfWords(written.toLowerCase()) : Number(written.replace(",", "."));
  const isFraction = !inWords && /[.,]/.test(written);
  if (!isPercent && whole === undefined && parsed === 1 && !isFraction) return undefined;
  const scale =
    whole !== undefined ? Number(whole.replace(",", ".")) : isFraction && !isPercent && parsed <= 1 ? 1 : 100;
  const share = parsed / scale;
  return share >= 0 && share <= 1 ? share : undefined;
}
