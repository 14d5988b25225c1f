import type { GradedScore } from "../metrics/graded-scores.ts";

/**
 * The metrics once more, from their definitions and answer by answer: what the fast ones are held against. None of them
 * sorts right and wrong ones apart, merges ties or shares a line with the code under test.
 */
type Scores = readonly GradedScore[];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const one = ({ isRight }: GradedScore) => (isRight ? 1 : 0);

/** Answers by bin, (lo, hi], 0 in the first; no empty bins. */
function binned(scores: Scores, bins = 10): Scores[] {
  return Array.from({ length: bins }, (_, bin) =>
    scores.filter(({ score }) => (score > bin / bins || (bin === 0 && score === 0)) && score <= (bin + 1) / bins),
  ).filter((members) => members.length > 0);
}

const gapOf = (members: Scores) => Math.abs(mean(members.map(one)) - mean(members.map(({ score }) => score)));

/** Equal scores, in descending order of score, each as right as its tie. */
function descending(scores: Scores): { readonly score: number; readonly right: number }[] {
  return [...scores]
    .sort((a, b) => b.score - a.score)
    .map(({ score }) => ({ score, right: mean(scores.filter((other) => other.score === score).map(one)) }));
}

const risks = (scores: Scores) => {
  let errors = 0;
  return descending(scores).map(({ right }, place) => {
    errors += 1 - right;
    return errors / (place + 1);
  });
};

export const plain = {
  ece: (scores: Scores) =>
    binned(scores).reduce((sum, members) => sum + (members.length / scores.length) * gapOf(members), 0),
  mce: (scores: Scores) => Math.max(...binned(scores).map(gapOf)),
  "adaptive-ece": (scores: Scores) => {
    const ascending = descending(scores).reverse();
    const edge = (bin: number) => Math.floor((bin * scores.length) / 10);
    return Array.from({ length: 10 }, (_, bin) => ascending.slice(edge(bin), edge(bin + 1)))
      .filter((members) => members.length > 0)
      .reduce((sum, members) => {
        const gap = Math.abs(mean(members.map(({ right }) => right)) - mean(members.map(({ score }) => score)));
        return sum + (members.length / scores.length) * gap;
      }, 0);
  },
  brier: (scores: Scores) => mean(scores.map((each) => (each.score - one(each)) ** 2)),
  "brier-reliability": (scores: Scores) =>
    binned(scores).reduce((sum, members) => sum + (members.length / scores.length) * gapOf(members) ** 2, 0),
  "brier-resolution": (scores: Scores) => {
    const base = mean(scores.map(one));
    return binned(scores).reduce(
      (sum, members) => sum + (members.length / scores.length) * (mean(members.map(one)) - base) ** 2,
      0,
    );
  },
  "brier-uncertainty": (scores: Scores) => mean(scores.map(one)) * (1 - mean(scores.map(one))),
  /** Within-bin variance less twice the covariance (Stephenson et al. 2008, eqs. 4 and 5). */
  "brier-within-bins": (scores: Scores) =>
    mean(
      binned(scores).flatMap((members) => {
        const confidence = mean(members.map(({ score }) => score));
        const accuracy = mean(members.map(one));
        return members.map(
          (each) => (each.score - confidence) ** 2 - 2 * (each.score - confidence) * (one(each) - accuracy),
        );
      }),
    ),
  nll: (scores: Scores) =>
    mean(
      scores.map(({ score, isRight }) => {
        const clipped = Math.min(1 - 1e-12, Math.max(1e-12, score));
        return -Math.log(isRight ? clipped : 1 - clipped);
      }),
    ),
  aurc: (scores: Scores) => mean(risks(scores)),
  auarc: (scores: Scores) => mean(risks(scores).map((risk) => 1 - risk)),
  "e-aurc": (scores: Scores) => {
    const perfect = scores.map(({ isRight }) => ({ isRight, score: isRight ? 1 : 0 }));
    const ordered = [...perfect].sort((a, b) => b.score - a.score).map((each, place) => ({ ...each, score: -place }));
    return mean(risks(scores)) - mean(risks(ordered));
  },
  "selective-accuracy": (scores: Scores) =>
    mean(
      descending(scores)
        .slice(0, Math.ceil((scores.length * 8) / 10))
        .map(({ right }) => right),
    ),
  ce: (scores: Scores) =>
    binned(scores).reduce((sum, { length }) => {
      const share = length / scores.length;
      return sum - (share * Math.log(share)) / Math.log(10);
    }, 0),
  ipr: (scores: Scores) => {
    const accuracies = binned(scores).map(
      (members) => members.filter(({ isRight }) => isRight).length / members.length,
    );
    const pairs = accuracies.flatMap((low, i) => accuracies.slice(i + 1).map((high) => (low > high ? 1 : 0)));
    return pairs.length === 0 ? 0 : mean(pairs);
  },
  "auprc-positive": (scores: Scores) => averagePrecision(scores),
  "auprc-negative": (scores: Scores) =>
    averagePrecision(scores.map(({ score, isRight }) => ({ score: -score, isRight: !isRight }))),
  /** By mid-ranks: (R₊ − n₊(n₊ + 1)/2)/(n₊n₋). */
  auroc: (scores: Scores) => {
    const ranks = plainMidRanks(scores.map(({ score }) => score));
    const positive = scores.filter(({ isRight }) => isRight).length;
    const rankSum = scores.reduce((sum, { isRight }, place) => sum + (isRight ? ranks[place]! : 0), 0);
    return (rankSum - (positive * (positive + 1)) / 2) / (positive * (scores.length - positive));
  },
};

function averagePrecision(scores: Scores): number {
  const positive = scores.filter(({ isRight }) => isRight).length;
  const thresholds = [...new Set(scores.map(({ score }) => score))].sort((a, b) => b - a);
  let recallBefore = 0;
  return thresholds.reduce((sum, threshold) => {
    const found = scores.filter(({ score }) => score >= threshold);
    const hits = found.filter(({ isRight }) => isRight).length;
    const step = hits / positive - recallBefore;
    recallBefore = hits / positive;
    return sum + (step * hits) / found.length;
  }, 0);
}

/** Sorted places, ties walked one by one. */
export function plainMidRanks(values: readonly number[]): number[] {
  const places = values.map((_, place) => place).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < places.length; ) {
    const end = places.findIndex((place, at) => at > start && values[place] !== values[places[start]!]);
    const stop = end === -1 ? places.length : end;
    for (let at = start; at < stop; at += 1) ranks[places[at]!] = (start + 1 + stop) / 2;
    start = stop;
  }
  return ranks;
}
