import type { Bytes } from "./bytes.ts";
import type { Fields } from "./fields.ts";
import type { Line } from "./lines.ts";
import type { Place } from "./place.ts";
import type { TraceFile } from "./trace-file.ts";

/** Takes every line of a file in order, checks it, remembers where it is, and forgets the rest. */
export interface TraceBuilder {
  add(fields: Fields, line: Line, place: Place): void;
  finish(path: string, content: Bytes): TraceFile;
}
