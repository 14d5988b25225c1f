import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync } from "node:fs";

const lineBreak = 0x0a;
const stepBytes = 64 * 1024;

/**
 * Makes a log end with a whole line: a crash in the middle of a write leaves a torn one, which was never counted.
 *
 * @returns the file's size afterwards and how many bytes were dropped; a file that is not there has size 0
 */
export function recoverTail(path: string): { readonly size: number; readonly droppedBytes: number } {
  if (!existsSync(path)) return { size: 0, droppedBytes: 0 };
  const descriptor = openSync(path, "r+");
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { size: 0, droppedBytes: 0 };
    const size = endOfLastLine(descriptor, stat.size);
    if (size < stat.size) ftruncateSync(descriptor, size);
    return { size, droppedBytes: stat.size - size };
  } finally {
    closeSync(descriptor);
  }
}

function endOfLastLine(descriptor: number, size: number): number {
  const buffer = Buffer.alloc(Math.min(stepBytes, size));
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - buffer.length);
    const count = readSync(descriptor, buffer, 0, end - start, start);
    const found = buffer.subarray(0, count).lastIndexOf(lineBreak);
    if (found !== -1) return start + found + 1;
    end = start;
  }
  return 0;
}
