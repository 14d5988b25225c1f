import type { TokenLogprob } from "@quorate/core";

/** What a server showed of two labels at one place. */
export interface LabelMass {
  readonly first: number;
  readonly second: number;
  /** At most so much more may belong to the label, on tokens that were not shown. */
  readonly firstHidden: number;
  readonly secondHidden: number;
}

/**
 * Probability of two labels at one token. All spellings of a label that were shown add up: case and spaces around do not
 * matter. What was not shown has at most the rest of the mass, and each hidden spelling at most as much as the least
 * likely token that was shown. "censored" where nothing was shown at all.
 */
export function labelMass(token: TokenLogprob, labels: readonly [string, string]): LabelMass | "censored" {
  const shown = token.top !== undefined && token.top.length > 0 ? token.top : own(token);
  if (shown.length === 0) return "censored";
  let total = 0;
  let least = 1;
  const [first, second] = labels.map((label) => ({ sum: 0, unseen: spellings(label) })) as [Shown, Shown];
  const [firstKey, secondKey] = labels.map(keyOf);
  for (const { token: text, logprob } of shown) {
    const probability = Math.exp(Math.min(0, logprob));
    total += probability;
    least = Math.min(least, probability);
    const label = keyOf(text) === firstKey ? first : keyOf(text) === secondKey ? second : undefined;
    if (label === undefined) continue;
    label.sum += probability;
    label.unseen.delete(text);
  }
  const rest = Math.max(0, 1 - total);
  const hidden = ({ unseen }: Shown): number => Math.min(rest, unseen.size * least);
  return { first: first.sum, second: second.sum, firstHidden: hidden(first), secondHidden: hidden(second) };
}

/** Bounds of first / (first + second); undefined where neither label was shown. */
export function shareOf({
  first,
  second,
  firstHidden,
  secondHidden,
}: LabelMass): readonly [number, number] | undefined {
  if (first + second === 0) return undefined;
  return [first / (first + second + secondHidden), (first + firstHidden) / (first + firstHidden + second)];
}

interface Shown {
  sum: number;
  readonly unseen: Set<string>;
}

function own({ token, logprob }: TokenLogprob): readonly { token: string; logprob: number }[] {
  return logprob === "censored" ? [] : [{ token, logprob }];
}

function keyOf(text: string): string {
  return text.trim().toLowerCase();
}

/** The single tokens that a vocabulary usually has for a word. */
function spellings(label: string): Set<string> {
  const cases = [label, label.toLowerCase(), label.toUpperCase()];
  return new Set(cases.flatMap((text) => [text, ` ${text}`]));
}
