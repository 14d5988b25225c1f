import { bootstrapInterval, drawnOnce } from "../statistics/bootstrap.ts";
import { type Difference, groupDifference } from "../statistics/group-difference.ts";
import type { Interval } from "../statistics/interval.ts";
import type { RatioGroups } from "../statistics/ratio-groups.ts";
import type { Resamples } from "../statistics/resamples.ts";
import type { GroupTotals } from "./group-totals.ts";
import type { BaselineDifference, PolicyScore } from "./policy-score.ts";

type Score = Pick<
  PolicyScore,
  "accuracy" | "accuracyInterval" | "agreement" | "agreementInterval" | "meanSamples" | "samplesInterval"
>;

/** The ratios of a policy in every resample; undefined where groups are too few or too many to be resampled. */
export interface ResampledScore {
  /** Over the groups with gold. */
  readonly accuracy: Float64Array | undefined;
  readonly agreement: Float64Array | undefined;
  readonly samples: Float64Array | undefined;
}

export interface QuestionCounts {
  readonly questions: number;
  readonly graded: number;
}

/** Means, intervals and differences over groups that are resampled once for all policies. Totals must not grow any more. */
export class ScoreStatistics {
  readonly counts: QuestionCounts;
  readonly #seed: string | number;
  readonly #ofAll: Resamples | undefined;
  /** Groups without gold have no part in an accuracy. */
  readonly #ofGraded: Resamples | undefined;
  readonly #resampled = new Map<GroupTotals, ResampledScore>();

  /** @param like any policy's totals: the groups are the same in all of them */
  constructor(like: GroupTotals, seed: string | number, counts: QuestionCounts) {
    const groups = like.per("samples").denominators.length;
    const withGold = like.rightPerGraded().denominators.length;
    this.counts = counts;
    this.#seed = seed;
    this.#ofAll = drawnOnce(groups, seed);
    this.#ofGraded = withGold === groups ? this.#ofAll : drawnOnce(withGold, seed);
  }

  score(totals: GroupTotals): Score {
    const ratios = this.resampled(totals);
    const { accuracy } = totals;
    const accuracyInterval = this.#interval(totals.rightPerGraded(), ratios.accuracy);
    const agreementInterval = this.#interval(totals.per("agreeing"), ratios.agreement);
    const samplesInterval = this.#interval(totals.per("samples"), ratios.samples, false);
    return {
      ...(accuracy !== undefined && { accuracy }),
      ...(accuracyInterval !== undefined && { accuracyInterval }),
      agreement: totals.mean("agreeing"),
      ...(agreementInterval !== undefined && { agreementInterval }),
      meanSamples: totals.mean("samples"),
      ...(samplesInterval !== undefined && { samplesInterval }),
    };
  }

  difference(baseline: GroupTotals, totals: GroupTotals): BaselineDifference {
    const { questions, graded } = this.counts;
    const between = (
      groupsOf: (of: GroupTotals) => RatioGroups,
      quantity: keyof ResampledScore,
      count: number,
    ): Difference => {
      const [a, b] = [this.resampled(baseline)[quantity], this.resampled(totals)[quantity]];
      return groupDifference(groupsOf(baseline), groupsOf(totals), {
        seed: this.#seed,
        questions: count,
        isShare: quantity !== "samples",
        ratios: a && b && { a, b },
      });
    };
    return {
      ...(graded > 0 && { accuracy: between((of) => of.rightPerGraded(), "accuracy", graded) }),
      agreement: between((of) => of.per("agreeing"), "agreement", questions),
      samples: between((of) => of.per("samples"), "samples", questions),
    };
  }

  resampled(totals: GroupTotals): ResampledScore {
    let ratios = this.#resampled.get(totals);
    if (ratios === undefined) {
      ratios = {
        accuracy: this.#ofGraded?.ratiosOf(totals.rightPerGraded()),
        agreement: this.#ofAll?.ratiosOf(totals.per("agreeing")),
        samples: this.#ofAll?.ratiosOf(totals.per("samples")),
      };
      this.#resampled.set(totals, ratios);
    }
    return ratios;
  }

  #interval(groups: RatioGroups, ratios: Float64Array | undefined, isShare = true): Interval | undefined {
    return bootstrapInterval(groups, { seed: this.#seed, ratios, isShare });
  }
}
