const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const units = small.slice(1, 10).join("|");

/** Whole numbers up to a hundred in English, as a part of a larger pattern. */
export const numberWords = `(?:(?:one |a )?hundred|(?:${tens.join("|")})(?:[- ](?:${units}))?|${small.toReversed().join("|")})`;

/** @param words as `numberWords` matches them, in lower case */
export function numberOfWords(words: string): number {
  if (words.endsWith("hundred")) return 100;
  const [first = "", second] = words.split(/[- ]/);
  const ten = tens.indexOf(first);
  return ten === -1 ? small.indexOf(first) : 20 + 10 * ten + (second === undefined ? 0 : small.indexOf(second));
}
