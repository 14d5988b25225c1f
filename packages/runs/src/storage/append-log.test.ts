import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppendLog } from "./append-log.ts";
import { recoverTail } from "./tail.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "quorate-log-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("AppendLog", () => {
  it.each(["os", "disk"] as const)("%s: lines are in the file when flushed resolves, in order", async (durability) => {
    const path = join(directory, "log");
    const log = new AppendLog(path, durability);
    log.append("a");
    const first = log.flushed();
    log.append("b");
    await Promise.all([first, log.flushed()]);
    expect(readFileSync(path, "utf8")).toBe("a\nb\n");
    log.append("ç");
    await log.flushed();
    for (let i = 0; i < 100; i += 1) log.append(String(i));
    await log.close();
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(104);
  });

  it("disk: what is added during a sync is safe only after the next one", async () => {
    const path = join(directory, "log");
    const log = new AppendLog(path, "disk");
    log.append("one");
    const one = log.flushed();
    while (readFileSync(path, "utf8") === "") await new Promise(setImmediate);
    log.append("two");
    const two = log.flushed();
    expect(two).not.toBe(one);
    await Promise.all([one, two]);
    expect(readFileSync(path, "utf8")).toBe("one\ntwo\n");
    await log.close();
  });

  it("ends on a full disk with an error that says what to do", async () => {
    const log = new AppendLog("/dev/full", "os");
    log.append("does not fit");
    await expect(log.flushed()).rejects.toThrowError(/ENOSPC.*everything recorded so far is kept/);
    expect(() => log.append("more")).toThrowError(/ENOSPC/);
    await expect(log.flushed()).rejects.toThrowError(/ENOSPC/);
    await log.close();
  });

  it("says so when the file cannot be opened", () => {
    expect(() => new AppendLog(join(directory, "no", "where"), "os")).toThrowError(/cannot be written.*ENOENT/);
  });
});

describe("recoverTail", () => {
  it.each([
    ["", 0, 0],
    ["a\nb\n", 4, 0],
    ["a\nb", 2, 1],
    ["torn", 0, 4],
    [`whole\n${"x".repeat(200_000)}`, 6, 200_000],
  ])("%# keeps whole lines", async (content, size, droppedBytes) => {
    const path = join(directory, "log");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(path, content);
    expect(recoverTail(path)).toEqual({ size, droppedBytes });
    expect(readFileSync(path)).toHaveLength(size);
  });

  it("of a file that is not there is nothing", () => {
    expect(recoverTail(join(directory, "absent"))).toEqual({ size: 0, droppedBytes: 0 });
  });
});
