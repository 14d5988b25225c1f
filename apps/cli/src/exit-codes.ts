import { isQuorateError } from "@quorate/core";

/** What the process says when it ends. */
export const exitCodes = {
  allDecided: 0,
  someFailed: 1,
  wrongUsage: 2,
  limitCameFirst: 3,
  interrupted: 130,
} as const;

/** What went wrong outside, with a provider or a disk, is no fault of the command line; nor is a fault of our own. */
export function exitCodeOf(error: unknown): number {
  if (!isQuorateError(error)) return exitCodes.someFailed;
  return error.code === "provider-failed" || error.code === "storage-failed"
    ? exitCodes.someFailed
    : exitCodes.wrongUsage;
}
