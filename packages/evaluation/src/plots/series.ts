/** One point of a series; `low` and `high` bound a 95 % interval on y. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  /** What the point stands for, shown on hovering. */
  readonly name?: string;
  /** Drawn larger: the point of the line that others are to be compared with. */
  readonly isOwn?: boolean;
}

export interface Series {
  readonly name: string;
  /** In the order in which a line joins them, at least one; a single one is a mark. */
  readonly points: readonly Point[];
  /** Chooses colour, dash and shape, so that a series looks alike in all charts of a page; its place in the list when absent. */
  readonly place?: number;
  /** Thin, grey, without an interval, and named where there is room. */
  readonly isQuiet?: boolean;
}

/** A point as it is drawn: `y`, `low` and `high` are heights on the axis. */
export interface DrawnPoint extends Point {
  readonly title: string;
}

export interface DrawnSeries extends Series {
  readonly place: number;
  readonly points: readonly DrawnPoint[];
}
