import { depth as depthLimit } from "./limits.ts";
import { fromDecimal, isHuge } from "./magnitude.ts";
import {
  besides,
  factor as factorOf,
  fraction,
  grouped,
  negated,
  numeric,
  product,
  renderSum,
  type Sum,
  type Term,
} from "./math-terms.ts";
import { add } from "./rational.ts";

const tokens = /\\\\|\\[a-zA-Z]+|\\[{}]|\d+(?:\.\d+)?|\.\d+|\S/g;
const relations = new Set([
  "=",
  "<",
  ">",
  ":",
  "|",
  "\\mid",
  "\\approx",
  "\\equiv",
  "\\sim",
  "\\to",
  "\\mapsto",
  "\\implies",
]);
for (const name of ["leq", "geq", "neq", "in", "notin", "cup", "cap", "setminus", "subset", "subseteq"])
  relations.add(`\\${name}`);
const functions = new Set(
  ["sin", "cos", "tan", "cot", "sec", "csc", "ln", "log", "exp", "arcsin", "arccos", "arctan"].map(
    (name) => `\\${name}`,
  ),
);
const closings = new Set([")", "]", "}", "\\}"]);
const separators = new Set([",", ";"]);
const name = /^(?:[a-zA-Z]|\\[a-zA-Z]+)$/;
const number = /^[\d.]/;

/** The formula with numbers reduced and terms in order; `undefined` when it is not understood. Never evaluates more than rational arithmetic. */
export function parseMath(clean: string): string | undefined {
  const parser = new MathParser(clean.match(tokens) ?? []);
  return parser.whole();
}

export function mathTokens(clean: string): string {
  return (clean.match(tokens) ?? []).reduce(besides, "");
}

interface Item {
  readonly text: string;
  /** Absent for a relation. */
  readonly sum?: Sum;
}

class MathParser {
  readonly #tokens: readonly string[];
  #position = 0;
  #depth = 0;
  #failed = false;

  constructor(all: readonly string[]) {
    this.#tokens = all;
  }

  whole(): string | undefined {
    const items = this.#list();
    if (this.#failed || this.#position < this.#tokens.length) return undefined;
    return items.length === 1 ? items[0]?.text : renderSet(items);
  }

  #list(): Item[] {
    const items = [this.#relation()];
    while (separators.has(this.#peek())) {
      this.#position++;
      items.push(this.#relation());
    }
    return items;
  }

  #relation(): Item {
    this.#skipName();
    const sum = this.#sum();
    if (!relations.has(this.#peek())) return { text: renderSum(sum), sum };
    let text = renderSum(sum);
    while (relations.has(this.#peek())) {
      const relation = this.#next();
      text = besides(besides(text, relation), renderSum(this.#sum()));
    }
    return { text };
  }

  /** `x =`, `x_1 =`, `f(x) =` and `x \in` only say what the answer is called. */
  #skipName(): void {
    for (;;) {
      let at = this.#position;
      if (!name.test(this.#peek()) || functions.has(this.#peek())) return;
      at++;
      if (this.#tokens[at] === "_") at += this.#tokens[at + 1] === "{" ? 4 : 2;
      if (this.#tokens[at] === "(" && this.#tokens[at + 2] === ")") at += 3;
      const relation = this.#tokens[at];
      if ((relation !== "=" && relation !== "\\in") || at + 1 >= this.#tokens.length) return;
      this.#position = at + 1;
    }
  }

  #sum(): Sum {
    const terms: Term[] = [];
    let first = true;
    while (!this.#failed) {
      const sign = this.#peek();
      const signed = sign === "+" || sign === "-" || sign === "\\pm" || sign === "\\mp";
      if (signed) this.#position++;
      else if (!first) break;
      first = false;
      const term = this.#term();
      if (sign === "-") terms.push(negated(term));
      else terms.push(sign === "\\pm" || sign === "\\mp" ? { ...term, sign } : term);
    }
    return terms;
  }

  #term(): Term {
    let term = this.#factor();
    let divided = false;
    while (!this.#failed) {
      const token = this.#peek();
      if (token === "*" || token === "/") {
        // 11/22/2001 is a date, not a quotient.
        if (token === "/" && divided) return this.#fail();
        divided = token === "/";
        this.#position++;
        const right = this.#factor();
        const next: Term | undefined = token === "*" ? product(term, right) : fraction(term, right);
        if (next === undefined) return this.#fail();
        term = next;
      } else if (this.#startsFactor(token)) {
        // Two numbers side by side have no agreed meaning.
        if (number.test(token)) return this.#fail();
        term = this.#isMixed(token) ? this.#mixed(term) : product(term, this.#factor());
      } else return term;
    }
    return term;
  }

  #isMixed(token: string): boolean {
    return token === "\\frac" && /^\d+$/.test(this.#tokens[this.#position - 1] ?? "") && !this.#raised();
  }

  #raised(): boolean {
    const before = this.#tokens[this.#position - 2];
    return before === "^" || before === "_";
  }

  #mixed(whole: Term): Term {
    const part = this.#factor();
    const simple = [...whole.factors, ...whole.below, ...part.factors, ...part.below].length === 0;
    return simple ? numeric(add(whole.coefficient, part.coefficient)) : product(whole, part);
  }

  #startsFactor(token: string): boolean {
    if (token === "" || relations.has(token) || separators.has(token) || closings.has(token)) return false;
    return !["+", "-", "\\pm", "\\mp", "^", "_", "&", "\\\\"].includes(token);
  }

  #factor(): Term {
    if (this.#depth >= depthLimit) return this.#fail();
    this.#depth++;
    const factor = this.#raisedFactor();
    this.#depth--;
    return factor;
  }

  #raisedFactor(): Term {
    const base = this.#atom();
    let marks = "";
    for (let token = this.#peek(); /^(?:[\^_!'])$/.test(token) && !this.#failed; token = this.#peek()) {
      this.#position++;
      marks += token === "^" || token === "_" ? `${token}{${renderSum(this.#argument())}}` : token;
    }
    if (marks === "") return base;
    const text = renderSum([base]);
    const simple = base.factors.length + base.below.length === 1 && base.below.length === 0 && text === base.factors[0];
    return factorOf(`${simple || /^\d+$/.test(text) ? text : `(${text})`}${marks}`);
  }

  #atom(): Term {
    const token = this.#next();
    if (number.test(token)) return this.#number(token);
    if (token === "-") return negated(this.#factor());
    if (token === "\\frac") return fraction(grouped(this.#argument()), grouped(this.#argument())) ?? this.#fail();
    if (token === "\\sqrt") return this.#root();
    if (functions.has(token)) return this.#application(token);
    if (token === "{") return grouped(this.#closedBy("}"));
    if (token === "(" || token === "[") return this.#bracket(token);
    if (token === "\\{") return this.#set();
    return this.#startsFactor(token) ? this.#command(token) : this.#fail();
  }

  /** A symbol, or a command that is not known here with its arguments. */
  #command(token: string): Term {
    let text = token;
    while (token.startsWith("\\") && this.#peek() === "{" && !this.#failed) {
      this.#position++;
      text += `{${renderSum(this.#closedBy("}"))}}`;
    }
    return factorOf(text);
  }

  #number(token: string): Term {
    const [whole = "", places = ""] = token.split(".");
    const value = fromDecimal(whole + places, places.length, 0n);
    return isHuge(value) ? this.#fail() : numeric(value);
  }

  /** TeX's argument: a group, or a single digit or symbol. */
  #argument(): Sum {
    const token = this.#peek();
    if (token === "{") {
      this.#position++;
      return this.#closedBy("}");
    }
    if (token === "-" || token === "+") return [this.#factor()];
    if (this.#depth++ >= depthLimit) return [this.#fail()];
    const atom = this.#atom();
    this.#depth--;
    return [atom];
  }

  #closedBy(closing: string): Sum {
    if (this.#depth++ >= depthLimit) return [this.#fail()];
    const sum = this.#sum();
    this.#depth--;
    if (this.#next() !== closing) return [this.#fail()];
    return sum;
  }

  #root(): Term {
    let degree = "";
    if (this.#peek() === "[") {
      this.#position++;
      degree = `[${renderSum(this.#closedBy("]"))}]`;
    }
    return factorOf(`\\sqrt${degree}{${renderSum(this.#argument())}}`);
  }

  #application(command: string): Term {
    let marks = "";
    for (let token = this.#peek(); (token === "^" || token === "_") && !this.#failed; token = this.#peek()) {
      this.#position++;
      marks += `${token}{${renderSum(this.#argument())}}`;
    }
    let argument = this.#factor();
    while (
      !this.#failed &&
      name.test(this.#peek()) &&
      this.#startsFactor(this.#peek()) &&
      !functions.has(this.#peek())
    ) {
      if (this.#tokens[this.#position - 1] === ")") break;
      argument = product(argument, this.#factor());
    }
    return factorOf(`${command}${marks}(${renderSum([argument])})`);
  }

  #bracket(open: string): Term {
    if (this.#depth++ >= depthLimit) return this.#fail();
    const items = this.#list();
    this.#depth--;
    const close = this.#next();
    if (close !== ")" && close !== "]") return this.#fail();
    const [only, ...others] = items;
    if (others.length === 0 && only?.sum) return grouped(only.sum);
    return factorOf(`${open}${items.map(({ text }) => text).join(",")}${close}`);
  }

  #set(): Term {
    if (this.#depth++ >= depthLimit) return this.#fail();
    const items = this.#peek() === "\\}" ? [] : this.#list();
    this.#depth--;
    if (this.#next() !== "\\}") return this.#fail();
    return factorOf(renderSet(items));
  }

  #peek(): string {
    return this.#failed ? "" : (this.#tokens[this.#position] ?? "");
  }

  #next(): string {
    const token = this.#peek();
    this.#position++;
    return token;
  }

  #fail(): Term {
    this.#failed = true;
    return factorOf("");
  }
}

function renderSet(items: readonly Item[]): string {
  return `\\{${[...new Set(items.map(({ text }) => text))].sort().join(",")}\\}`;
}
