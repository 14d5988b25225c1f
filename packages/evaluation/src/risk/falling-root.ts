/** Where a falling function reaches a value, to the last bits of [low, high]: the upper end of what bisection leaves. */
export function fallingRoot(of: (at: number) => number, value: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return above;
    if (of(middle) > value) below = middle;
    else above = middle;
  }
}
