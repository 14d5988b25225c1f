import { plainCharacters } from "./characters.ts";
import { latexToText } from "./latex-text.ts";
import { wholeNumber } from "./number.ts";
import { canonicalText } from "./text.ts";

/** What the options of a question say, in forms that can be compared. */
export class OptionTexts {
  readonly #byKey = new Map<string, number | undefined>();
  readonly #texts: readonly string[];

  constructor(options: readonly string[]) {
    this.#texts = options.map((option, index) => {
      const letter = String.fromCharCode(65 + index);
      const own = option.replace(new RegExp(`^\\s*\\(?${letter}[).:]\\s+`), "");
      for (const key of new Set(keys(own))) this.#byKey.set(key, this.#byKey.has(key) ? undefined : index);
      return textKey(own);
    });
  }

  /** The one option that says exactly this. */
  equal(passage: string): number | undefined {
    for (const key of keys(passage)) {
      const index = this.#byKey.get(key);
      if (index !== undefined) return index;
    }
    return undefined;
  }

  /** The one option whose words occur in the passage; of options that contain each other, the longest. */
  within(passage: string): number | "several" | undefined {
    const words = ` ${textKey(passage).replace(/[,;:()]/g, " ")} `;
    const all = this.#texts.flatMap((text, index) => (text.length > 1 && words.includes(` ${text} `) ? [index] : []));
    const longest = all.filter((index) => !all.some((other) => other !== index && this.#contains(other, index)));
    return longest.length > 1 ? "several" : longest[0];
  }

  #contains(outer: number, inner: number): boolean {
    const [long, short] = [this.#texts[outer] ?? "", this.#texts[inner] ?? ""];
    return long.length > short.length && ` ${long} `.includes(` ${short} `);
  }
}

function keys(text: string): string[] {
  const number = wholeNumber(text);
  return number === undefined ? [textKey(text)] : [`number ${number}`];
}

function textKey(text: string): string {
  return canonicalText(latexToText(plainCharacters(text)).replace(/\$/g, ""));
}
