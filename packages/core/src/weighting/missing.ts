import { z } from "zod";

/**
 * What a vote counts for when its confidence could not be measured: as one of this confidence. A half says nothing
 * either way; such votes are counted and reported.
 */
export const missingConfidence = z.number().gt(0).lt(1).default(0.5);

/** Raw scores have no half: a vote without one is the least confident there can be. */
export function scoreOfMissing(missing: number, isRaw = false): number {
  return isRaw ? 0 : missing;
}
