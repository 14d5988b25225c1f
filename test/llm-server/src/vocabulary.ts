import { splitTokens } from "./tokens.ts";

const special = /(<\|?\w+\|?>)/;

/** Tokens by number, handed out as they are first seen; `<CNF>` and the like are one token each. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];

  idsOf(text: string): number[] {
    return this.split(text).map((token) => this.#idOf(token));
  }

  textOf(ids: readonly number[]): string {
    return ids.map((id) => this.#texts[id] ?? "").join("");
  }

  split(text: string): string[] {
    return text.split(special).flatMap((part) => (special.test(part) ? [part] : splitTokens(part)));
  }

  #idOf(token: string): number {
    const known = this.#ids.get(token);
    if (known !== undefined) return known;
    this.#ids.set(token, this.#texts.length);
    return this.#texts.push(token) - 1;
  }
}
