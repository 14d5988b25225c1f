/** C0 and C1 controls, and the marks that turn the reading direction: what can rewrite a terminal. */
const harmful = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text of a model or a file, made inert: escape sequences become visible symbols and do nothing. */
export function safeText(text: string, lineBreaks: "keep line breaks" | "one line" = "one line"): string {
  return text.replace(harmful, (character) => {
    if (character === "\n" || character === "\t") return lineBreaks === "one line" ? " " : character;
    const code = character.charCodeAt(0);
    // The block "Control Pictures" shows each C0 control as a symbol.
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "␡" : "�";
  });
}

/** JSON as it may be printed: what could rewrite a terminal is escaped, and reads back the same. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    harmful,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join("")}…`;
}
