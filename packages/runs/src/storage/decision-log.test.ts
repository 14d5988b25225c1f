import { appendFileSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DecisionLine } from "./decision-line.ts";
import { DecisionLog } from "./decision-log.ts";

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "quorate-decisions-")), "decisions.jsonl");
});
afterEach(() => rmSync(join(path, ".."), { recursive: true }));

const line = (id: string, answer: string | null = "1", interim = false): DecisionLine => ({
  id,
  answer,
  support: 1,
  reason: "beta",
  certificate: "heuristic",
  sampleCount: 4,
  savedSamples: 12,
  rounds: 1,
  votes: [],
  latencyMs: 1,
  ...(interim && { interim: true }),
});
const ids = ["a", "b", "c", "d"];
const open = (keep?: (decision: DecisionLine) => boolean) =>
  DecisionLog.open(path, ids.length, (id) => ids.indexOf(id), "os", keep);
const written = () =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((text) => JSON.parse(text) as DecisionLine);

describe("DecisionLog", () => {
  it("is in input order at the end, whatever came first", async () => {
    const log = await open();
    for (const index of [2, 0, 3, 1]) await log.append(index, line(ids[index]!, "ä"));
    expect(written().map(({ id }) => id)).toEqual(["c", "a", "d", "b"]);
    expect(log.decidedCount).toBe(4);
    await log.close();
    expect(written().map(({ id }) => id)).toEqual(ids);
  });

  it("knows after a restart what is decided, and drops a torn line", async () => {
    const log = await open();
    await log.append(1, line("b"));
    await log.append(0, line("a"));
    appendFileSync(path, '{"id":"c","answ');
    const again = await open();
    expect([0, 1, 2, 3].map((index) => again.isDecided(index))).toEqual([true, true, false, false]);
    await again.append(2, line("c"));
    await again.close();
    expect(written().map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("opens interim decisions again, and the last line of a question counts", async () => {
    const log = await open();
    await log.append(0, line("a", "early", true));
    await log.append(1, line("b"));
    expect(log.decidedCount).toBe(1);
    await log.close();
    expect(written().map(({ answer }) => answer)).toEqual(["early", "1"]);
    const again = await open();
    expect(again.isDecided(0)).toBe(false);
    await again.append(0, line("a", "late"));
    await again.close();
    expect(written().map(({ answer }) => answer)).toEqual(["late", "1"]);
  });

  it("forgets what it is told not to keep", async () => {
    const log = await open();
    await log.append(0, line("a", null));
    await log.append(1, line("b"));
    await log.close();
    const again = await open(({ answer }) => answer !== null);
    expect([again.isDecided(0), again.isDecided(1), again.decidedCount]).toEqual([false, true, 1]);
    await again.close();
    // Its line stands in until a new decision takes its place.
    expect(written().map(({ id, answer }) => [id, answer])).toEqual([
      ["a", null],
      ["b", "1"],
    ]);
    const last = await open(({ answer }) => answer !== null);
    await last.append(0, line("a", "2"));
    await last.close();
    expect(written().map(({ answer }) => answer)).toEqual(["2", "1"]);
  });

  it("leaves the file as it is after a write that failed", async () => {
    symlinkSync("/dev/full", path);
    const log = await open();
    await expect(log.append(1, line("b"))).rejects.toThrowError(/ENOSPC/);
    await log.close();
    expect(readlinkSync(path)).toBe("/dev/full");
  });

  it("refuses a file that is no list of decisions", async () => {
    appendFileSync(path, '{"id":"a"}\n');
    await expect(open()).rejects.toThrowError(/decisions\.jsonl, line 1 is not a decision/);
  });
});
