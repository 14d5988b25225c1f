const stated =
  /^[\s>*_`#-]*(?:(?:my|overall|final) )?(?:confidence|certainty)(?: (?:level|score|rating))?(?: ?\([^()\n]{0,60}\))?[\s*_`]*[:=][^\n]{0,80}$/i;

/**
 * The response without a last line that states a confidence, such as `CONFIDENCE: 85`: its number is never the answer. Only
 * the last line is looked at.
 */
export function withoutStatedConfidence(text: string): string {
  const trimmed = text.trimEnd();
  const start = trimmed.lastIndexOf("\n") + 1;
  return stated.test(trimmed.slice(start, start + 200)) && trimmed.length - start <= 200
    ? trimmed.slice(0, start)
    : text;
}
