import { html } from "./html.ts";
import { script, scriptHash } from "./script.ts";
import { style } from "./style.ts";

const contentPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src '${scriptHash}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export interface PageHead {
  readonly title: string;
  /** Beyond the style of all pages; never text from a file. */
  readonly moreStyle?: string;
}

/** Everything up to the first thing on the page. Nothing is loaded from anywhere, and the page's own script is the only one. */
export function* pageHead({ title, moreStyle = "" }: PageHead): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
`;
  yield html`<title>${title}</title>
`.markup;
  yield `<style>${style}${moreStyle}</style>\n</head>\n<body>\n<main>\n`;
}

export const pageEnd = `</main>\n<script>${script}</script>\n</body>\n</html>\n`;
