import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDirectory } from "./lock.ts";

const now = "2026-01-01T00:00:00.000Z";
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "quorate-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const lockFile = () => join(directory, "lock");
const owner = (fields: object): string =>
  JSON.stringify({ pid: process.pid, host: hostname(), startedAt: now, ...fields });

describe("lockDirectory", () => {
  it("lets one in, refuses the next by naming the owner, and leaves nothing behind", () => {
    const unlock = lockDirectory(directory, now);
    expect(() => lockDirectory(directory, now)).toThrowError(new RegExp(`process ${process.pid} on .*since ${now}`));
    unlock();
    expect(readdirSync(directory)).toEqual([]);
    lockDirectory(directory, now)();
  });

  it("takes over from a process that is gone", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    writeFileSync(lockFile(), owner({ pid: child.pid }));
    const unlock = lockDirectory(directory, now);
    expect(JSON.parse(readFileSync(lockFile(), "utf8")).pid).toBe(process.pid);
    expect(readdirSync(directory)).toEqual(["lock"]);
    unlock();
  });

  it("takes over when the process id belongs to another process now", () => {
    writeFileSync(lockFile(), owner({ processStart: "1" }));
    const unlock = lockDirectory(directory, now);
    expect(existsSync(lockFile())).toBe(true);
    unlock();
  });

  it("does not judge a process of another machine", () => {
    writeFileSync(lockFile(), owner({ host: "elsewhere", pid: 1 }));
    expect(() => lockDirectory(directory, now)).toThrowError(/on elsewhere.*remove/);
  });

  it("takes over what is no lock at all", () => {
    writeFileSync(lockFile(), "{ half a lo");
    lockDirectory(directory, now)();
  });

  it("says so when the directory cannot be written", () => {
    expect(() => lockDirectory(join(directory, "absent"), now)).toThrowError(/cannot be written/);
  });
});
