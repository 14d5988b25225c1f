const rounds = 8;

/** Rewrites until nothing changes, so that a canonical form of a canonical form is itself. */
export function settle(rewrite: (text: string) => string, text: string): string {
  const seen: string[] = [];
  let current = text;
  for (let round = 0; round < rounds; round++) {
    const next = rewrite(current);
    if (next === current) return current;
    const cycleStart = seen.indexOf(next);
    // A cycle has no fixed point: its smallest member stands for all of them, wherever it was entered.
    if (cycleStart !== -1) return [...seen.slice(cycleStart), current].sort()[0] ?? current;
    seen.push(current);
    current = next;
  }
  return current;
}
