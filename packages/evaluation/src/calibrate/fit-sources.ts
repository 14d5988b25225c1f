import { createHash } from "node:crypto";
import type { FitSource } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";

/** A recording that is open, with the SHA-256 of its file. */
export interface FitTrace {
  readonly trace: TraceFile;
  readonly digest: string;
}

/** Several recordings as one source: their digests are hashed once more, in the order given. */
export function fitSourceOf(traces: readonly FitTrace[], date: string): FitSource {
  const digests = traces.map(({ digest }) => digest);
  return {
    file: traces.map(({ trace }) => trace.path).join(", "),
    digest: digests.length === 1 ? digests[0]! : createHash("sha256").update(digests.join("\n")).digest("hex"),
    date,
  };
}
