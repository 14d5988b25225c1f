import { closeSync, fsyncSync, openSync } from "node:fs";

/** Makes names that were created or changed in a directory survive a power cut. */
export function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
