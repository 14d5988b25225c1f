import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { DecisionLine } from "./decision-line.ts";
import { parseDecision } from "./decision-log.ts";

/** Decisions in file order, without keeping them. A torn last line of a running or killed process is left out. */
export async function* readDecisions(path: string): AsyncGenerator<DecisionLine> {
  if (!existsSync(path)) return;
  let number = 0;
  let waiting: string | undefined;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (waiting !== undefined) yield parseDecision(Buffer.from(waiting), path, number);
    number += 1;
    waiting = line;
  }
  if (waiting !== undefined && isWhole(waiting)) yield parseDecision(Buffer.from(waiting), path, number);
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
