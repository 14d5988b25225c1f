const beyondAscii = /[^\x00-\x7f]/;
const vulgarFraction = /[\u00bc-\u00be\u2150-\u215e]/g;
const superscript = /[\u2070\u00b9\u00b2\u00b3\u2074-\u207b]+/g;
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const dash = /[\u2010-\u2013\u2212]/g;
const space = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const otherDigit = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g;
const digitBlocks = [0x0660, 0x06f0, 0x0966, 0x09e6];

/**
 * One spelling for characters that look or mean the same: full-width letters, Arabic and Indian digits, the minus
 * signs, the many spaces, raised digits and ½. Keeps case.
 */
export function plainCharacters(text: string): string {
  if (!beyondAscii.test(text)) return text;
  return (
    text
      .replace(invisible, "")
      // Normalisation alone would turn 1½ into 11/2 and 10³ into 103.
      .replace(vulgarFraction, " $&")
      .replace(superscript, (digits) => `^{${digits.normalize("NFKC").replace(dash, "-")}}`)
      .normalize("NFKC")
      .replace(/\u2044/g, "/")
      .replace(dash, "-")
      .replace(space, " ")
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\u201c\u201d]/g, '"')
      .replace(otherDigit, (digit) => {
        const code = digit.charCodeAt(0);
        return String(code - (digitBlocks.find((zero) => code >= zero && code < zero + 10) ?? code));
      })
  );
}
