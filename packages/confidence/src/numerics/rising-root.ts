/** Where a function that never falls crosses 0, by bisection down to neighbouring doubles; the end of the range where it does not. */
export function risingRoot(of: (at: number) => number, low: number, high: number): number {
  if (of(low) >= 0) return low;
  if (of(high) <= 0) return high;
  let below = low;
  let above = high;
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return above;
    if (of(middle) < 0) below = middle;
    else above = middle;
  }
}
