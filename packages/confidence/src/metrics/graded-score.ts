/** A confidence (or raw score) and whether its answer was right. */
export interface GradedScore {
  readonly score: number;
  readonly isRight: boolean;
}
