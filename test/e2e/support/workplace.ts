import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for a test, gone afterwards. */
export function makeWorkplace(): {
  readonly path: string;
  file(name: string, content: string): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), "quorate-e2e-"));
  return {
    path,
    file(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Whole lines of a JSONL file; a torn last one is left out. */
export function jsonLines<Line>(path: string): Line[] {
  const text = readFileSync(path, "utf8");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

export const prices = JSON.stringify({
  "fake-model": { inputUsdPerMillion: 0.15, cachedInputUsdPerMillion: 0.075, outputUsdPerMillion: 0.6 },
});

export function questionLines(count: number): string {
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      id: `q${i}`,
      question: `[#${i}#] How many are ${i} and one more?`,
      gold: i + 1,
      group: `g${i % 7}`,
    }),
  ).join("\n");
}
