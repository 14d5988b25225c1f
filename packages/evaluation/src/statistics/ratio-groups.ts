/** A ratio of sums, group by group: right answers and questions, say. Denominators are above 0. */
export interface RatioGroups {
  readonly numerators: ArrayLike<number>;
  readonly denominators: ArrayLike<number>;
}
