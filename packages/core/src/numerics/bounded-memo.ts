/**
 * Remembers values that cost much to work out. When `most` of them are known all are forgotten, which costs time and changes
 * nothing: `compute` must always give the same value for the same key.
 */
export function boundedMemo<Value>(most: number): (key: string, compute: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, compute) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute();
      if (known.size >= most) known.clear();
      known.set(key, value);
    }
    return value;
  };
}
