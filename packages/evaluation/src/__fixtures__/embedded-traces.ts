import { fileURLToPath } from "node:url";

/** The embedded model's recorded samples. */
export function embeddedTrace(split: "calibration" | "test"): string {
  return fileURLToPath(new URL(`../../../embedded-model/traces/${split}.jsonl.gz`, import.meta.url));
}
