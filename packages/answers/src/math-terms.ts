import { add, divide, isSmall, multiply, negate, type Rational, rational, renderRational } from "./rational.ts";

/** A product: a number, what is multiplied with it, and what it is divided by. */
export interface Term {
  readonly coefficient: Rational;
  readonly factors: readonly string[];
  readonly below: readonly string[];
  /** `\pm` or `\mp` before it. */
  readonly sign?: string;
}

export type Sum = readonly Term[];

const one = rational(1n);

export function factor(text: string): Term {
  return { coefficient: one, factors: [text], below: [] };
}

export function numeric(value: Rational): Term {
  return isSmall(value) ? { coefficient: value, factors: [], below: [] } : factor(renderRational(value));
}

/** A sum as one factor of a product. */
export function grouped(sum: Sum): Term {
  const [only, ...others] = sum;
  if (only !== undefined && others.length === 0 && only.sign === undefined) return only;
  return factor(`(${renderSum(sum)})`);
}

export function product(a: Term, b: Term): Term {
  return withCoefficient(
    multiply(a.coefficient, b.coefficient),
    [...a.factors, ...b.factors],
    [...a.below, ...b.below],
  );
}

/** `undefined` when it divides by zero. */
export function fraction(a: Term, b: Term): Term | undefined {
  if (b.coefficient.numerator === 0n) return undefined;
  return withCoefficient(divide(a.coefficient, b.coefficient), [...a.factors, ...b.below], [...a.below, ...b.factors]);
}

export function negated(term: Term): Term {
  return { ...term, coefficient: negate(term.coefficient) };
}

/** Terms in an order of their own, numbers added up: x + 1 is 1 + x. */
export function renderSum(sum: Sum): string {
  let constant = rational(0n);
  const parts: string[] = [];
  for (const term of sum) {
    const plain = term.factors.length === 0 && term.below.length === 0 && term.sign === undefined;
    const total = plain ? add(constant, term.coefficient) : undefined;
    if (total && isSmall(total)) constant = total;
    else if (term.coefficient.numerator !== 0n) parts.push(besides(term.sign ?? "", renderTerm(term)));
  }
  parts.sort();
  if (constant.numerator !== 0n || parts.length === 0) parts.push(renderRational(constant));
  return parts.reduce((text, part) => text + (/^(?:-|\\[pm][pm](?![a-zA-Z]))/.test(part) ? part : `+${part}`));
}

function renderTerm({ coefficient, factors, below }: Term): string {
  if (factors.length === 0 && below.length === 0) return renderRational(coefficient);
  const above = joined(factors);
  const rest = below.length === 0 ? above : `\\frac{${above === "" ? "1" : above}}{${joined(below)}}`;
  if (coefficient.denominator === 1n && coefficient.numerator === 1n) return rest;
  if (coefficient.denominator === 1n && coefficient.numerator === -1n) return `-${rest}`;
  return joined([renderRational(coefficient), rest]);
}

/** Side by side, kept apart where they would read as one. */
export function besides(text: string, next: string): string {
  const apart = (/\\[a-zA-Z]+$/.test(text) && /^[a-zA-Z]/.test(next)) || (/[\d.]$/.test(text) && /^[\d.]/.test(next));
  return apart ? `${text} ${next}` : text + next;
}

function joined(factors: readonly string[]): string {
  return factors.reduce(
    (text, next) => (text !== "" && /^[\d.]/.test(next) ? `${text}*${next}` : besides(text, next)),
    "",
  );
}

function withCoefficient(coefficient: Rational, factors: readonly string[], below: readonly string[]): Term {
  if (isSmall(coefficient)) return { coefficient, factors, below };
  return { coefficient: one, factors: [renderRational(coefficient), ...factors], below };
}
