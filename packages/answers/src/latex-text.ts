const fraction = /\\[dtc]?frac ?(?:\{([^{}]*)\}|(\d)) ?(?:\{([^{}]*)\}|(\d))/g;
const wrapper =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathsf|operatorname|mbox|boxed|fbox) ?\{([^{}]*)\}/g;
const plainNumber = /^ ?[+-]?[\d.,]+ ?$/;
const symbols: Readonly<Record<string, string>> = {
  times: "×",
  cdot: "·",
  div: "÷",
  pi: "π",
  sqrt: "√",
  approx: "≈",
  pm: "±",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  degree: "°",
  circ: "°",
  left: "",
  right: "",
  displaystyle: "",
  quad: " ",
  qquad: " ",
};

/** Plain text for what LaTeX says, as far as numbers, units and letters need it. Other commands stay. */
export function latexToText(text: string): string {
  if (!text.includes("\\")) return text;
  let plain = text.replace(/\{,\}/g, ",").replace(/\\!/g, "");
  // Inner groups first; what is nested deeper than this is no number, unit or letter.
  for (let round = 0; round < 4; round++) {
    const unwrapped = plain.replace(wrapper, "$1").replace(fraction, fractionText);
    if (unwrapped === plain) break;
    plain = unwrapped;
  }
  return plain
    .replace(/\\[,;: ]/g, " ")
    .replace(/\\([%$#&_{}])/g, "$1")
    .replace(/\\[()[\]]|\$\$/g, " ")
    .replace(/\^ ?\{? ?\\(?:circ|degree)\b ?\}?/g, "°")
    .replace(/\\([a-zA-Z]+)/g, (command, name: string) => symbols[name] ?? command);
}

function fractionText(_match: string, ...groups: unknown[]): string {
  const [above, aboveDigit, below, belowDigit, offset, whole] = groups as string[];
  const numerator = (above ?? aboveDigit ?? "").trim();
  const denominator = (below ?? belowDigit ?? "").trim();
  const mixed = /\d ?$/.test((whole ?? "").slice(Math.max(0, Number(offset) - 2), Number(offset)));
  const simple = plainNumber.test(numerator) && plainNumber.test(denominator);
  return `${mixed ? " " : ""}${simple ? `${numerator}/${denominator}` : `(${numerator})/(${denominator})`}`;
}
