/** Six steps from sure to unsure (2405.16282, section 3). */
const certaintyLabels = [
  { letter: "a", label: "very certain", value: 1 },
  { letter: "b", label: "fairly certain", value: 0.8 },
  { letter: "c", label: "moderately certain", value: 0.6 },
  { letter: "d", label: "somewhat certain", value: 0.4 },
  { letter: "e", label: "not certain", value: 0.2 },
  { letter: "f", label: "very uncertain", value: 0 },
] as const;

export const certaintyChoices = certaintyLabels.map(({ letter, label }) => `${letter}. ${label}`).join("\n");

const leadingLetter = /^[\s"'*_([]*([a-f])(?:[).:\]*"'\s]*$|\s*[).:\]])/i;

/** A letter at the start counts, else the first label in the reply. Undefined where there is neither. */
export function readCertainty(reply: string): number | undefined {
  const letter = leadingLetter.exec(reply)?.[1]?.toLowerCase();
  if (letter !== undefined) return certaintyLabels.find((one) => one.letter === letter)?.value;
  const text = reply.toLowerCase().replace(/[\s*_]+/g, " ");
  let first: { readonly at: number; readonly value: number } | undefined;
  for (const { label, value } of certaintyLabels) {
    const at = text.indexOf(label);
    if (at !== -1 && (first === undefined || at < first.at)) first = { at, value };
  }
  return first?.value;
}
