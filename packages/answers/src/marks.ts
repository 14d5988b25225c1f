import { occurrences } from "./limits.ts";

/** Where a marker occurs, from the last on, as often as is worth trying. */
export function* lastOccurrences(text: string, marker: string): Generator<number> {
  let at = text.lastIndexOf(marker);
  for (let count = 0; at !== -1 && count < occurrences; count++) {
    yield at;
    at = at === 0 ? -1 : text.lastIndexOf(marker, at - 1);
  }
}
