import { closeSync, fsyncSync, openSync, readSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { QuorateError } from "@quorate/core";
import { forEachLine, openBytes } from "@quorate/providers";
import { AppendLog, type Durability, storageFailure } from "./append-log.ts";
import type { DecisionLine } from "./decision-line.ts";
import { syncDirectory } from "./sync-directory.ts";
import { recoverTail } from "./tail.ts";

const absent = -1;
const copyBytes = 1024 * 1024;

/**
 * `decisions.jsonl`: while the run goes, lines in order of completion; at the end, in input order. Keeps 13 bytes a
 * question: where its line is.
 */
export class DecisionLog {
  readonly #path: string;
  readonly #log: AppendLog;
  readonly #positions: Float64Array;
  readonly #lengths: Uint32Array;
  /** One where the line at `positions` is the question's decision; zero where it stands in until one is made. */
  readonly #decided: Uint8Array;
  #written: number;
  #decidedCount = 0;
  #isSorted = true;
  #last = -1;

  private constructor(path: string, log: AppendLog, length: number, size: number) {
    this.#path = path;
    this.#log = log;
    this.#positions = new Float64Array(length).fill(absent);
    this.#lengths = new Uint32Array(length);
    this.#decided = new Uint8Array(length);
    this.#written = size;
  }

  /**
   * Opens the log and notes what is decided. Interim decisions, of a limit that came first, and those not kept are open
   * again; their lines stay until a new decision takes their place.
   */
  static async open(
    path: string,
    length: number,
    indexOf: (id: string) => number,
    durability: Durability,
    keep: (line: DecisionLine, index: number) => boolean = () => true,
    warn: (message: string) => void = () => {},
  ): Promise<DecisionLog> {
    const { size, droppedBytes } = recoverTail(path);
    if (droppedBytes > 0)
      warn(`${path}: a torn last line (${droppedBytes} bytes) was dropped; its question is decided again`);
    const log = new DecisionLog(path, new AppendLog(path, durability), length, size);
    if (size === 0) return log;
    const content = await openBytes(path);
    try {
      await forEachLine(content, ({ bytes, number, position }) => {
        const line = parseDecision(bytes, path, number);
        const index = indexOf(line.id);
        if (index === -1) return;
        log.#note(index, position, bytes.length, line.interim !== true && keep(line, index));
      });
    } finally {
      await content.close();
    }
    return log;
  }

  get decidedCount(): number {
    return this.#decidedCount;
  }

  isDecided(index: number): boolean {
    return this.#decided[index] === 1;
  }

  append(index: number, line: DecisionLine): Promise<void> {
    const text = JSON.stringify(line);
    this.#log.append(text);
    const length = Buffer.byteLength(text);
    this.#note(index, this.#written, length, line.interim !== true);
    this.#written += length + 1;
    return this.#log.flushed();
  }

  /** Puts the lines into input order, each question once: into a new file first, which then takes the old one's name. */
  async close(): Promise<void> {
    await this.#log.close();
    // After a failed write, what the positions say is not what the file holds.
    if (this.#isSorted || this.#log.hasFailed) return;
    const sorted = `${this.#path}.sorted`;
    try {
      this.#copySorted(sorted);
      renameSync(sorted, this.#path);
      if (this.#log.durability === "disk") syncDirectory(dirname(this.#path));
    } catch (cause) {
      throw storageFailure(sorted, cause);
    }
  }

  #note(index: number, position: number, length: number, isFinal: boolean): void {
    if (isFinal && !this.isDecided(index)) this.#decidedCount += 1;
    if (isFinal) this.#decided[index] = 1;
    if (index <= this.#last) this.#isSorted = false;
    this.#last = index;
    this.#positions[index] = position;
    this.#lengths[index] = length;
  }

  #copySorted(to: string): void {
    const from = openSync(this.#path, "r");
    const target = openSync(to, "w");
    try {
      let batch: Buffer[] = [];
      let batchBytes = 0;
      for (let index = 0; index < this.#positions.length; index += 1) {
        if (this.#positions[index] === absent) continue;
        const line = Buffer.alloc(this.#lengths[index]! + 1);
        const read = readSync(from, line, 0, line.length, this.#positions[index]!);
        if (read !== line.length) throw new Error(`the line of question ${index} ends early`);
        batch.push(line);
        batchBytes += line.length;
        if (batchBytes < copyBytes) continue;
        writeAll(target, Buffer.concat(batch));
        batch = [];
        batchBytes = 0;
      }
      writeAll(target, Buffer.concat(batch));
      if (this.#log.durability === "disk") fsyncSync(target);
    } finally {
      closeSync(from);
      closeSync(target);
    }
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

export function parseDecision(bytes: Buffer, path: string, line: number): DecisionLine {
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof parsed === "object" && parsed !== null && "id" in parsed && "votes" in parsed)
      return parsed as DecisionLine;
  } catch {
    // Said below, with the place.
  }
  throw new QuorateError({
    code: "bad-input",
    what: `${path}, line ${line} is not a decision.`,
    hint: "Was the file edited?",
  });
}
