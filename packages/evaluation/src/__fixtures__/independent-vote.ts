/**
 * Majority votes in the plainest way, apart from the product's code, to check it against. Null answers do not vote.
 */
type Answers = readonly (string | null)[];

function counts(answers: Answers): [string, number][] {
  const tally: [string, number][] = [];
  for (const answer of answers) {
    if (answer === null) continue;
    const entry = tally.find(([known]) => known === answer);
    if (entry === undefined) tally.push([answer, 1]);
    else entry[1] += 1;
  }
  return tally;
}

/** The most frequent answer, of equal ones the one seen first. */
export function firstSeenMajority(answers: Answers): string | null {
  let best: [string, number] | undefined;
  for (const entry of counts(answers)) if (best === undefined || entry[1] > best[1]) best = entry;
  return best?.[0] ?? null;
}

/** A tie of m classes is worth 1/m when the right one is among them: the convention of the traces' README. */
export function fractionalScore(answers: Answers, gold: string): number {
  const tally = counts(answers);
  const most = Math.max(0, ...tally.map(([, count]) => count));
  const tied = tally.filter(([, count]) => count === most);
  return tied.some(([answer]) => answer === gold) ? 1 / tied.length : 0;
}

/**
 * Adaptive-Consistency one sample at a time: stops when P(p > 1/2) under Beta(first + 1, second + 1), by the binomial sum
 * for whole parameters, reaches the level.
 */
export function oneByOneAsc(answers: Answers, level: number): { answer: string | null; samples: number } {
  for (let samples = 1; samples <= answers.length; samples += 1) {
    const sorted = counts(answers.slice(0, samples)).sort(([, a], [, b]) => b - a);
    const first = sorted[0]?.[1] ?? 0;
    const second = sorted[1]?.[1] ?? 0;
    if (first > 0 && fairCoin(first, first + second + 1) >= level) {
      return { answer: firstSeenMajority(answers.slice(0, samples)), samples };
    }
  }
  return { answer: firstSeenMajority(answers), samples: answers.length };
}

/** P(at most `heads` heads in `throws` throws of a fair coin). */
function fairCoin(heads: number, throws: number): number {
  let term = 2 ** -throws;
  let sum = 0;
  for (let k = 0; k <= heads; k += 1) {
    sum += term;
    term = (term * (throws - k)) / (k + 1);
  }
  return sum;
}
