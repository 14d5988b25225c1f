/** What follows the reasoning, and the same in lower case with every character in its place. */
export interface Response {
  readonly text: string;
  readonly folded: string;
}

export function response(text: string): Response {
  const lower = text.toLowerCase();
  // İ becomes two characters in lower case; then only ASCII is folded.
  const folded = lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { text, folded };
}
