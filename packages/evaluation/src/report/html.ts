import { visible } from "../text/plain.ts";

/** Markup that is safe to send as it is. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | readonly Html[] | undefined;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element or a quoted attribute; what cannot be seen is shown as its code point. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

/** Markup from a template. Every text is escaped; only what already is markup passes. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = literals[0]!;
  parts.forEach((part, place) => {
    markup += markupOf(part) + literals[place + 1]!;
  });
  return new Html(markup);
}

/** Text whose line breaks stay. */
export function preformatted(text: string): Html {
  return new Html(text.split("\n").map(escaped).join("\n"));
}

function markupOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(({ markup }) => markup).join("");
  return escaped(String(part));
}
