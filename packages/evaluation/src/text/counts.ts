/** Counts by name, most frequent first; equal ones by name, so that the order depends on nothing else. */
export function byCountDescending(counts: ReadonlyMap<string, number>): Record<string, number> {
  const entries = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  // `fromEntries` defines keys, so a reason named __proto__ is an entry like any other.
  return Object.fromEntries(entries);
}
