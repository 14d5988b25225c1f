import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** Recorded samples that live outside the repository. */
const folder = process.env.QUORATE_TRACES ?? join(repository, "..", "shared", "traces");

/** Undefined, with the reason printed, where the traces are not at hand. */
export function sharedTrace(name: string): string | undefined {
  const path = join(folder, `${name}.jsonl`);
  if (existsSync(path)) return path;
  console.log(`skipped: ${path} is not there; set QUORATE_TRACES to the folder of recorded traces`);
  return undefined;
}
