import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { QuorateError } from "@quorate/core";
import { type GgufHeader, parseGgufHeader } from "./gguf-header.ts";

/** Heads are mostly vocabulary: some megabytes for the largest known. */
const firstBytes = 1 << 20;
const mostBytes = 1 << 28;

/**
 * Reads the head of a model file and nothing of its weights.
 *
 * @throws QuorateError `unknown-model` for a file that is missing or no GGUF
 */
export function readGgufHeader(path: string): GgufHeader {
  const file = open(path);
  try {
    const size = fstatSync(file).size;
    for (let length = Math.min(firstBytes, size); ; length = Math.min(2 * length, size)) {
      const header = parseGgufHeader(readStart(file, length));
      if (header !== undefined) return header;
      if (length === size || length >= mostBytes) throw new Error("it ends within its head");
    }
  } catch (cause) {
    throw damagedModel(path, cause);
  } finally {
    closeSync(file);
  }
}

export function damagedModel(path: string, cause: unknown): QuorateError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new QuorateError({
    code: "unknown-model",
    what: `${path} cannot be used as a model: ${why.replace(/\.$/, "")}.`,
    hint: "Fetch or make the file anew, or use another --model.",
    cause,
  });
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new QuorateError({
      code: "unknown-model",
      what: `There are no weights to read at ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Name a GGUF file with --model embedded:FILE.gguf, or use another --model.",
      cause,
    });
  }
}

function readStart(file: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(file, bytes, filled, length - filled, filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
