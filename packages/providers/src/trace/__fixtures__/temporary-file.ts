import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A path in a folder of its own, removed with the test. */
export async function temporaryFile(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quorate-providers-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, name);
}
