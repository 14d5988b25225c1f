import type { TokenLogprob } from "@quorate/core";

/** What one place says about each option, by the tokens shown there; 0 for an option that none of them spells. */
export interface OptionMasses {
  /** Of the likeliest spelling. */
  readonly highest: readonly number[];
  /** Of all spellings together. */
  readonly total: readonly number[];
}

const spelled = /^[\s("'*[{`$]*([A-Za-z])[\s)"'*\]}`$.,:;]*$/;

/** Options by letter, `count` of them; upper and lower case and signs around a letter are spellings of it. */
export function optionMasses({ token, logprob, top = [] }: TokenLogprob, count: number): OptionMasses {
  const highest = new Array<number>(count).fill(0);
  const total = new Array<number>(count).fill(0);
  const add = (spelling: string, ofToken: number) => {
    const option = optionIn(spelling);
    if (option === undefined || option >= count) return;
    const probability = Math.exp(ofToken);
    highest[option] = Math.max(highest[option]!, probability);
    total[option]! += probability;
  };
  for (const alternative of top) add(alternative.token, alternative.logprob);
  // A drawn token need not be among the likeliest.
  if (logprob !== "censored" && top.every((alternative) => alternative.token !== token)) add(token, logprob);
  return { highest, total };
}

/** A is 0. */
export function optionIn(token: string): number | undefined {
  const letter = spelled.exec(token)?.[1];
  return letter === undefined ? undefined : letter.toUpperCase().charCodeAt(0) - 65;
}
