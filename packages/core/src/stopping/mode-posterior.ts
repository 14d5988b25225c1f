import { logSumExp } from "../numerics/log-sum-exp.ts";

/** How the answers to one question were spread: positive shares, largest first. Only their ratios matter. */
export interface SpreadPrior {
  readonly frequencies: readonly number[];
  readonly weight: number;
}

/** A share and how many answers of the spread have it. Answers of equal share are interchangeable. */
interface Level {
  readonly probability: number;
  readonly answers: number;
}

interface Spread {
  readonly logWeight: number;
  readonly levels: readonly Level[];
}

/**
 * P(the leading answer is the most likely one), of counts only the two largest and the sum of the rest being known: the
 * L-aggregated posterior with L = 3 (Huang, Ma & Zhou 2602.05395). The prior says how answers may be spread, not which
 * answer has which share: any assignment is as likely as any other.
 */
export class ModePosterior {
  readonly #spreads: readonly Spread[];

  constructor(library: readonly SpreadPrior[]) {
    this.#spreads = library.map(({ frequencies, weight }) => ({
      logWeight: Math.log(weight),
      levels: levelsOf(frequencies),
    }));
  }

  /**
   * @param first votes of the leader, at least 1
   * @param second votes of the runner-up
   * @param rest votes of all others
   * @returns 0 for counts that no spread in the library can give
   */
  probability(first: number, second: number, rest: number): number {
    const isMode: number[] = [];
    const all: number[] = [];
    for (const { logWeight, levels } of this.#spreads) {
      levels.forEach((level, place) => {
        const logJoint =
          logWeight + first * Math.log(level.probability) + logOfOthers(levels, place, first, second, rest);
        all.push(logJoint + Math.log(level.answers));
        // Of several most likely answers none is the mode more than another.
        if (place === 0) isMode.push(logJoint);
      });
    }
    const total = logSumExp(all);
    return total === Number.NEGATIVE_INFINITY ? 0 : Math.exp(logSumExp(isMode) - total);
  }
}

function levelsOf(frequencies: readonly number[]): Level[] {
  const sum = frequencies.reduce((total, frequency) => total + frequency, 0);
  const levels: { probability: number; answers: number }[] = [];
  for (const frequency of frequencies) {
    const probability = frequency / sum;
    const last = levels.at(-1);
    if (last?.probability === probability) last.answers += 1;
    else levels.push({ probability, answers: 1 });
  }
  return levels;
}

/** log P(runner-up and rest have their counts), the leader being one answer of level `leader`. */
function logOfOthers(levels: readonly Level[], leader: number, first: number, second: number, rest: number): number {
  if (second === 0) return 0;
  const keptAtCut = first === second ? 2 : 1;
  const terms = levels.map(({ probability, answers }, place) => {
    const candidates = answers - (place === leader ? 1 : 0);
    if (candidates === 0) return Number.NEGATIVE_INFINITY;
    const tail = levels.flatMap((level, other) =>
      new Array<number>(level.answers - (other === leader ? 1 : 0) - (other === place ? 1 : 0)).fill(level.probability),
    );
    return Math.log(candidates * chanceOfRest(tail, second, rest, keptAtCut)) + second * Math.log(probability);
  });
  return logSumExp(terms);
}

/**
 * Sum over all ways to give `rest` votes to the answers of `tail`, none more than `cut`, of Π p^votes times the orders in
 * which they may come. Of `tied` answers at the cut and the `kept` ones that are counted apart with as many votes, chance has
 * picked the kept: 1/C(kept + tied, kept).
 */
function chanceOfRest(tail: readonly number[], cut: number, rest: number, kept: number): number {
  if (rest === 0) return 1;
  const mostTied = Math.floor(rest / cut);
  // ways[tied][votes given so far]
  let ways = Array.from({ length: mostTied + 1 }, () => new Float64Array(rest + 1));
  ways[0]![0] = 1;
  for (const probability of tail) {
    const next = Array.from({ length: mostTied + 1 }, () => new Float64Array(rest + 1));
    for (let tied = 0; tied <= mostTied; tied += 1) {
      for (let given = 0; given <= rest; given += 1) {
        let term = ways[tied]![given]!;
        for (let votes = 0; term > 0 && votes <= cut && given + votes <= rest; votes += 1) {
          if (votes > 0) term *= (probability * (given + votes)) / votes;
          if (votes < cut) next[tied]![given + votes]! += term;
          else if (tied < mostTied) next[tied + 1]![given + votes]! += term;
        }
      }
    }
    ways = next;
  }
  let sum = 0;
  let choices = 1;
  for (let tied = 0; tied <= mostTied; tied += 1) {
    if (tied > 0) choices *= (kept + tied) / tied;
    sum += ways[tied]![rest]! / choices;
  }
  return sum;
}
