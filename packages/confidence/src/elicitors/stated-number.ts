const number = String.raw`(?<![\d.,])(\d{1,3}(?:\.\d+)?|\.\d+)(?![\d]|[.,]\d)`;
const percent = new RegExp(String.raw`${number}\s*(?:%|per\s?cent\b|percent\b)`, "gi");
const outOf = new RegExp(String.raw`${number}\s*(?:/|out\s+of)\s*(100|10|1)(?![\d.])`, "gi");
const bare = new RegExp(number, "g");

/**
 * The probability that a short reply states: `85`, `85 %`, `85/100`, `0.85`. What stands last counts, and what says its
 * scale before what does not. Without a scale, 0 to 100 is meant, unless a point says that it is a share of 1. Undefined
 * for a number outside its scale.
 */
export function statedNumber(text: string): number | undefined {
  const shared = [...text.matchAll(outOf)].at(-1);
  if (shared !== undefined) return inUnit(Number(shared[1]) / Number(shared[2]));
  const inPercent = [...text.matchAll(percent)].at(-1);
  if (inPercent !== undefined) return inUnit(Number(inPercent[1]) / 100);
  const plain = [...text.matchAll(bare)].at(-1)?.[1];
  if (plain === undefined) return undefined;
  const value = Number(plain);
  return inUnit(plain.includes(".") && value <= 1 ? value : value / 100);
}

function inUnit(value: number): number | undefined {
  return value >= 0 && value <= 1 ? value : undefined;
}

const sureWords = `confiden(?:ce|t)|certain(?:ty)?|sure|probability|likelihood`;
const scaled = String.raw`\d{1,3}(?:\.\d+)?\s*(?:%|per\s?cent\b|/\s*100?\b|out\s+of\s+100?\b)`;
const value = String.raw`(?:${scaled}|[01]?\.\d+|\d{1,3})`;

/** `Confidence: 85 %` on a line of its own, then the same inside a sentence, either way round. */
const statements = [
  new RegExp(
    String.raw`^[^\S\n]*[*_]*(?:my\s+)?(?:overall\s+)?(?:${sureWords})[^\n:=]{0,24}[:=][*_\s]*${value}[^\n]{0,12}$`,
    "gim",
  ),
  new RegExp(String.raw`\b(?:${sureWords})[^\n.!?\d]{0,24}${scaled}`, "gi"),
  new RegExp(String.raw`${scaled}[^\n.!?\d]{0,8}\b(?:${sureWords})`, "gi"),
];

/** A response without the numbers that it states about itself; each pattern works on what the one before has left. */
export function withoutStatedNumbers(text: string): string {
  return statements.reduce((left, statement) => left.replace(statement, ""), text);
}
