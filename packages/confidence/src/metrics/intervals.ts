import { QuorateError, quantileOf } from "@quorate/core";
import type { GradedScores } from "./graded-scores.ts";
import type { MetricInput } from "./metric.ts";
import { checked, type MetricOptions, valuesOf } from "./metrics-of.ts";
import { type PairsWonByQuestion, pairsWonByQuestion } from "./pairs-won.ts";
import { type RankedScores, rankScores } from "./ranked-scores.ts";
import type { MetricName } from "./registry.ts";
import { placeIn } from "./spearman.ts";

/** A 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export type IntervalOrAbsence =
  | Interval
  /** Fewer than two groups: nothing varies. */
  | "too-few-groups"
  /** More than one resample in twenty has no value, only right answers for one: percentiles of the rest would mislead. */
  | "often-absent";

export interface IntervalOptions extends MetricOptions {
  /** Numbers in [0,1), from a seed that the caller keeps. */
  readonly random: () => number;
  /** @default 1000 */
  readonly resamples?: number;
  /**
   * What errs together, by answer, numbered from 0 without gaps: the source that questions share. A question lies in one
   * group. @default the questions; where they are unknown, each answer alone
   */
  readonly groups?: Uint32Array;
}

export type MetricIntervals<Name extends MetricName> = { readonly [Wanted in Name]: IntervalOrAbsence };

const absentAtMost = 1 / 20;

/**
 * Percentile intervals of any metrics: groups are resampled whole, since what shares a source errs together, and all
 * metrics are taken of the same resamples. Scores are ranked once; a resample only counts again. An interval without width
 * says that no resample differed, and is no certainty.
 */
export function metricIntervals<Name extends MetricName>(
  scores: GradedScores,
  wanted: readonly Name[],
  options: IntervalOptions,
): MetricIntervals<Name> {
  const { random, resamples = 1000, groups = scores.questions ?? scores.scores.map((_, place) => place) } = options;
  const resampling = new Resampling(scores, Uint32Array.from(groups), wanted.includes("wqd" as Name));
  const values = new Map(wanted.map((name): [Name, number[]] => [name, []]));
  const settings = checked(options);
  for (let resample = 0; resample < resamples && resampling.groupCount > 1; resample += 1) {
    const drawn = valuesOf(wanted, { ...resampling.draw(random), ...settings });
    for (const name of wanted) {
      const value = drawn[name];
      if (typeof value === "number") values.get(name)!.push(value);
    }
  }
  const intervalOf = (name: Name): IntervalOrAbsence => {
    if (resampling.groupCount < 2) return "too-few-groups";
    const found = Float64Array.from(values.get(name)!).sort();
    if (found.length < resamples * (1 - absentAtMost)) return "often-absent";
    return { low: quantileOf(found, 0.025), high: quantileOf(found, 0.975) };
  };
  return Object.fromEntries(wanted.map((name) => [name, intervalOf(name)])) as MetricIntervals<Name>;
}

class Resampling {
  readonly groupCount: number;
  readonly #isRight: Uint8Array;
  readonly #groups: Uint32Array;
  readonly #ranked: RankedScores;
  /** From an answer's place to its score's in the ranking. */
  readonly #blocks: Uint32Array;
  readonly #byQuestion: PairsWonByQuestion | undefined;
  readonly #groupOfQuestion: Uint32Array;
  readonly #times: Uint32Array;

  constructor({ scores, isRight, questions }: GradedScores, groups: Uint32Array, withinQuestions: boolean) {
    this.#ranked = rankScores({ scores, isRight });
    const { scores: distinct } = this.#ranked;
    this.#blocks = Uint32Array.from(scores, (score) => placeIn(distinct, distinct.length, score));
    this.#isRight = isRight;
    this.#groups = groups;
    this.groupCount = countOf(groups);
    this.#times = new Uint32Array(this.groupCount);
    const compare = withinQuestions && questions !== undefined;
    this.#byQuestion = compare ? pairsWonByQuestion({ scores, isRight, questions }) : undefined;
    this.#groupOfQuestion = compare ? groupOfQuestion(questions, groups) : new Uint32Array(0);
  }

  draw(random: () => number): Pick<MetricInput, "ranked" | "withinQuestions"> {
    const times = this.#times.fill(0);
    for (let draw = 0; draw < this.groupCount; draw += 1) times[Math.floor(random() * this.groupCount)]! += 1;
    const right = new Uint32Array(this.#ranked.scores.length);
    const wrong = new Uint32Array(right.length);
    let count = 0;
    let rightCount = 0;
    for (let place = 0; place < this.#blocks.length; place += 1) {
      const drawn = times[this.#groups[place]!]!;
      count += drawn;
      if (this.#isRight[place] === 1) {
        right[this.#blocks[place]!]! += drawn;
        rightCount += drawn;
      } else wrong[this.#blocks[place]!]! += drawn;
    }
    const ranked = withoutEmpty({ scores: this.#ranked.scores, right, wrong, rightCount, count });
    return this.#byQuestion === undefined ? { ranked } : { ranked, withinQuestions: this.#pairs(this.#byQuestion) };
  }

  #pairs(byQuestion: PairsWonByQuestion) {
    let won = 0;
    let pairs = 0;
    for (let question = 0; question < byQuestion.won.length; question += 1) {
      const drawn = this.#times[this.#groupOfQuestion[question]!]!;
      won += drawn * byQuestion.won[question]!;
      pairs += drawn * byQuestion.pairs[question]!;
    }
    return { won, pairs };
  }
}

/** Metrics meet no score that nobody has. */
function withoutEmpty({ scores, right, wrong, ...counts }: RankedScores): RankedScores {
  const kept = new Float64Array(scores.length);
  let blocks = 0;
  for (let block = 0; block < scores.length; block += 1) {
    if (right[block]! + wrong[block]! === 0) continue;
    kept[blocks] = scores[block]!;
    right[blocks] = right[block]!;
    wrong[blocks] = wrong[block]!;
    blocks += 1;
  }
  return {
    scores: kept.subarray(0, blocks),
    right: right.subarray(0, blocks),
    wrong: wrong.subarray(0, blocks),
    ...counts,
  };
}

function countOf(numbered: Uint32Array): number {
  return numbered.reduce((largest, one) => Math.max(largest, one + 1), 0);
}

function groupOfQuestion(questions: Uint32Array, groups: Uint32Array): Uint32Array {
  const groupOf = new Uint32Array(countOf(questions));
  const seen = new Uint8Array(groupOf.length);
  questions.forEach((question, place) => {
    if (seen[question] === 1 && groupOf[question] !== groups[place]) {
      throw new QuorateError({
        code: "bad-input",
        what: `Question ${question} lies in two groups.`,
        hint: "Groups are resampled whole: a question, with all its samples, belongs to one.",
      });
    }
    seen[question] = 1;
    groupOf[question] = groups[place]!;
  });
  return groupOf;
}
