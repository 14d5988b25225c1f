/** Everything that a terminal would obey or that turns the reading order: controls, bidi marks, invisible formats. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text from a model or a file, fit for a screen: what cannot be seen is shown as its code point, ⟨U+202E⟩, and obeyed by
 * nobody.
 */
export function visible(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${code}⟩`;
  });
}

/** At most so many characters, the last an ellipsis; never half a character. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1);
  const isHalf = /[\uD800-\uDBFF]$/.test(kept);
  return `${isHalf ? kept.slice(0, -1) : kept}…`;
}
