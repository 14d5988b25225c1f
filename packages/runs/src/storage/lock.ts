import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { QuorateError } from "@quorate/core";
import { z } from "zod";
import { storageFailure } from "./append-log.ts";

const ownerSchema = z.object({
  pid: z.int(),
  host: z.string(),
  startedAt: z.string(),
  processStart: z.string().optional(),
});
type Owner = z.infer<typeof ownerSchema>;

/**
 * One process at a time writes into a run directory. The lock is a file that names its owner; it appears whole, by a hard
 * link. A lock whose owner is dead (or whose process id now belongs to another process) is taken over.
 *
 * @returns the function that gives the lock back
 * @throws QuorateError `run-locked` naming the owner
 */
export function lockDirectory(directory: string, startedAt: string): () => void {
  const path = join(directory, "lock");
  const mine = join(directory, `lock.${process.pid}`);
  const start = processStart(process.pid);
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    startedAt,
    ...(start !== undefined && { processStart: start }),
  };
  try {
    writeFileSync(mine, JSON.stringify(owner));
  } catch (cause) {
    throw storageFailure(mine, cause);
  }
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      if (tryLink(mine, path)) return () => rmSync(path, { force: true });
      const text = readIfThere(path);
      if (text === undefined) continue;
      const holder = parseOwner(text);
      if (holder !== undefined && isAlive(holder)) throw lockedBy(directory, path, holder);
      setAside(path, text);
    }
    throw new QuorateError({
      code: "run-locked",
      what: `The lock ${path} changes hands too fast.`,
      hint: "Try again.",
    });
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw storageFailure(to, cause);
  }
}

/** Removes a stale lock without ever removing a live one that took its place in between. */
function setAside(path: string, stale: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readIfThere(aside) !== stale) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Another machine's process cannot be looked at: it counts as alive. */
function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const start = processStart(owner.pid);
  return start === undefined || owner.processStart === undefined || start === owner.processStart;
}

/** When the process began, in ticks since boot: tells a reused process id from the old one. Linux only. */
function processStart(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

function lockedBy(directory: string, path: string, { pid, host, startedAt }: Owner): QuorateError {
  return new QuorateError({
    code: "run-locked",
    what: `Another process writes into ${directory}: process ${pid} on ${host}, since ${startedAt}.`,
    hint: `Wait for it, or stop it; if that machine is gone, remove ${path}.`,
  });
}
