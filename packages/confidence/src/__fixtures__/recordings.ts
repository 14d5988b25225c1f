import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** A line of a compact trace; read here by itself, since reading traces is another package's work. */
export interface RecordedQuestion {
  readonly id: string;
  readonly gold: string;
  readonly samples: readonly {
    readonly answer: string | null;
    readonly confidence: number | null;
    readonly logprob: number | null;
  }[];
}

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** The embedded model's recorded samples. */
export function embeddedRecording(split: "calibration" | "test"): RecordedQuestion[] {
  return lines(gunzipSync(readFileSync(join(repository, `packages/embedded-model/traces/${split}.jsonl.gz`))));
}

/** Recorded samples that live outside the repository; undefined, with the reason printed, where they are not at hand. */
export function sharedRecording(name: string): RecordedQuestion[] | undefined {
  const path = join(process.env.QUORATE_TRACES ?? join(repository, "..", "shared", "traces"), `${name}.jsonl`);
  if (existsSync(path)) return lines(readFileSync(path));
  console.log(`skipped: ${path} is not there; set QUORATE_TRACES to the folder of recorded traces`);
  return undefined;
}

function lines(bytes: Buffer): RecordedQuestion[] {
  return bytes
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordedQuestion);
}
