import { plainCharacters } from "./characters.ts";

const symbols: Readonly<Record<string, string>> = {
  π: "\\pi ",
  "√": "\\sqrt ",
  "∞": "\\infty ",
  "×": "*",
  "·": "*",
  "⋅": "*",
  "∗": "*",
  "÷": "/",
  "±": "\\pm ",
  "∓": "\\mp ",
  "≤": "\\leq ",
  "≥": "\\geq ",
  "≠": "\\neq ",
  "≈": "\\approx ",
  "∪": "\\cup ",
  "∩": "\\cap ",
  "∈": "\\in ",
  "∅": "\\emptyset ",
  θ: "\\theta ",
  α: "\\alpha ",
  β: "\\beta ",
  λ: "\\lambda ",
  "°": "",
};
const symbol = new RegExp(`[${Object.keys(symbols).join("")}]`, "g");
const commands: Readonly<Record<string, string>> = {
  left: "",
  right: "",
  big: "",
  Big: "",
  bigl: "",
  bigr: "",
  Bigl: "",
  Bigr: "",
  displaystyle: "",
  textstyle: "",
  limits: "",
  quad: " ",
  qquad: " ",
  degree: "",
  dfrac: "\\frac",
  tfrac: "\\frac",
  cfrac: "\\frac",
  cdot: "*",
  times: "*",
  ast: "*",
  div: "/",
  lbrace: "\\{",
  rbrace: "\\}",
  le: "\\leq",
  ge: "\\geq",
  ne: "\\neq",
  lt: "<",
  gt: ">",
  colon: ":",
  varnothing: "\\emptyset",
};
const wrapper =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathsf|operatorname|mbox|boxed|fbox) ?\{([^{}]*)\}/g;
const wholeBox = /^\\(?:boxed|fbox) ?\{(.*)\}$/s;
const unitGroup = /\\(?:text|mathrm|mbox|textrm) ?\{([a-zA-Z°%/. ]{1,40})\}(?: ?\^ ?\{?\d\}?)?$/;
const joiningWord = /^ *(?:or|and) *$/i;
const outside = /^(?:\s|\*\*|\$|\\[([])+|(?:\s|\*\*|\$|(?<!\\)[.,;:]|\\[)\]])+$/g;
const functionName = /(?<![\\a-zA-Z])(sin|cos|tan|cot|sec|csc|ln|log|exp|sqrt|pi)(?![a-zA-Z])/g;

/** A short formula without what only concerns its looks: delimiters, spacing, fonts, units in text, degree and percent. */
export function cleanMath(formula: string): string {
  let clean = plainCharacters(formula).replace(outside, "");
  const box = wholeBox.exec(clean)?.[1];
  if (box !== undefined) clean = box.trim();
  return withoutUnit(clean)
    .replace(wrapper, "$1")
    .replace(wrapper, "$1")
    .replace(symbol, (character) => symbols[character] ?? character)
    .replace(/\{,\}|\\!/g, "")
    .replace(/(?<!\\)\\[,;: ]|~/g, " ")
    .replace(/\\[()[\]]|\\?[$%]/g, "")
    .replace(/ ?\^ ?(?:\\circ\b|\{ ?\\circ ?\})/g, "")
    .replace(/\\([a-zA-Z]+)/g, (command, name: string) => commands[name] ?? command)
    .replace(/\\frac ?(\d) ?(\d)/g, "\\frac{$1}{$2}")
    .replace(functionName, "\\$1")
    .trim();
}

function withoutUnit(formula: string): string {
  const unit = unitGroup.exec(formula);
  if (unit === null || joiningWord.test(unit[1] ?? "")) return formula;
  const before = formula.slice(0, unit.index).replace(/(?:\\[,;: ]|[\s~])+$/, "");
  return before === "" || before.includes("\\text") ? formula : before;
}
