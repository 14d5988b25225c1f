import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { QuorateError } from "@quorate/core";

/**
 * `os`: a line is safe once the operating system has it; killing the process loses nothing, losing power may lose the
 * last seconds. `disk`: a line is safe once the disk says so.
 */
export type Durability = "os" | "disk";

const syncToDisk = promisify(fdatasync);

/** Where whole lines go, to be safe once `flushed` resolves. */
export interface LineSink {
  append(line: string): void;
  flushed(): Promise<void>;
}

/**
 * A file that only grows, by whole lines. Lines added while the event loop turns once go out in one write (and one sync),
 * so that many questions in flight share the price. A failed write ends the log: everything waiting and everything later
 * is refused, what is in the file stays.
 */
export class AppendLog implements LineSink {
  readonly path: string;
  readonly #descriptor: number;
  readonly durability: Durability;
  #lines: string[] = [];
  /** Will write what is added now. */
  #next: Promise<void> | undefined;
  /** Is being synced. */
  #current: Promise<void> | undefined;
  #failure: QuorateError | undefined;

  constructor(path: string, durability: Durability) {
    this.path = path;
    this.durability = durability;
    try {
      this.#descriptor = openSync(path, "a");
    } catch (cause) {
      throw storageFailure(path, cause);
    }
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Adds a line (without its break). It is safe once `flushed` resolves. */
  append(line: string): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#lines.push(line);
    if (this.#next === undefined) {
      this.#next = this.#flushAfter(this.#current);
      // Whoever needs to know awaits `flushed`; a log that nobody awaits must not end the process.
      this.#next.catch(() => {});
    }
  }

  /** Resolves when every line added so far is safe; rejects when one could not be written. */
  flushed(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return this.#next ?? this.#current ?? done;
  }

  async close(): Promise<void> {
    await this.flushed().catch(() => {});
    closeSync(this.#descriptor);
  }

  /** While the disk is busy with the lines before, more of them gather for the next sync. */
  async #flushAfter(before: Promise<void> | undefined): Promise<void> {
    await before?.catch(() => {});
    await new Promise(setImmediate);
    const batch = this.#lines;
    this.#lines = [];
    this.#current = this.#next;
    this.#next = undefined;
    try {
      if (this.#failure !== undefined) throw this.#failure;
      this.#write(batch);
      if (this.durability === "disk") await this.#sync();
    } finally {
      if (this.#next === undefined) this.#current = undefined;
    }
  }

  async #sync(): Promise<void> {
    try {
      await syncToDisk(this.#descriptor);
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  #write(batch: readonly string[]): void {
    if (batch.length === 0) return;
    const bytes = Buffer.from(`${batch.join("\n")}\n`, "utf8");
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  #fail(cause: unknown): QuorateError {
    this.#failure ??= storageFailure(this.path, cause);
    return this.#failure;
  }
}

const done = Promise.resolve();

export function storageFailure(path: string, cause: unknown): QuorateError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new QuorateError({
    code: "storage-failed",
    what: `${path} cannot be written: ${why}.`,
    hint: "The run has stopped; everything recorded so far is kept. Free some space (or fix the path) and start the same command again.",
    cause,
  });
}
