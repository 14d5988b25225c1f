const end = /[!?。](?=\s|$)|\n|(?<=[^\s.]{2}|\d|\$|\))\.(?=\s+["'(*]*[A-Z]|\s*$)/;

/** Up to the first full stop that ends a sentence; the stop of an abbreviated title does not when a letter precedes it alone. */
export function firstSentence(text: string): string {
  const match = end.exec(text);
  return match ? text.slice(0, match.index) : text;
}
