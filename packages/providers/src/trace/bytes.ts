import type { FileHandle } from "node:fs/promises";

/** Random access to the bytes of a trace, unpacked if it was packed. */
export interface Bytes {
  readonly size: number;
  /** The bytes, if they are at hand without waiting. Never changed afterwards. */
  peek(position: number, length: number): Buffer | undefined;
  read(position: number, length: number): Promise<Buffer>;
  /** All of it from the start in large pieces; a piece is only valid until the next one. */
  pieces(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

export function bytesInMemory(content: Buffer): Bytes {
  const peek = (position: number, length: number) => content.subarray(position, position + length);
  return {
    size: content.length,
    peek,
    read: (position, length) => Promise.resolve(peek(position, length)),
    async *pieces() {
      yield content;
    },
    close: () => Promise.resolve(),
  };
}

const blockBytes = 256 * 1024;
const blocksKept = 16;
const pieceBytes = 1024 * 1024;

/**
 * One handle and the last few blocks: reading in file order touches each block once, and the samples of a question,
 * which a journal writes near each other, are found in the blocks at hand.
 */
export class FileBytes implements Bytes {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #whenClosed: () => Promise<void>;
  /** By number; the least recently used comes first. */
  readonly #blocks = new Map<number, Buffer>();
  #closed = false;

  constructor(handle: FileHandle, size: number, whenClosed: () => Promise<void> = () => Promise.resolve()) {
    this.#handle = handle;
    this.size = size;
    this.#whenClosed = whenClosed;
  }

  peek(position: number, length: number): Buffer | undefined {
    const number = Math.floor(position / blockBytes);
    const start = position - number * blockBytes;
    if (start + length > blockBytes) return undefined;
    const block = this.#recall(number);
    return block?.subarray(start, start + length);
  }

  async read(position: number, length: number): Promise<Buffer> {
    if (length > blockBytes * (blocksKept / 2)) return this.#readAt(position, length);
    const first = Math.floor(position / blockBytes);
    const last = Math.floor((position + length - 1) / blockBytes);
    const parts: Buffer[] = [];
    for (let number = first; number <= last; number++) parts.push(this.#recall(number) ?? (await this.#load(number)));
    const start = position - first * blockBytes;
    const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    return whole.subarray(start, start + length);
  }

  async *pieces(): AsyncIterable<Buffer> {
    const piece = Buffer.allocUnsafe(pieceBytes);
    let position = 0;
    while (position < this.size) {
      const { bytesRead } = await this.#handle.read(piece, 0, Math.min(pieceBytes, this.size - position), position);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
      position += bytesRead;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#blocks.clear();
    await this.#handle.close();
    await this.#whenClosed();
  }

  #recall(number: number): Buffer | undefined {
    const block = this.#blocks.get(number);
    if (block === undefined) return undefined;
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    return block;
  }

  async #load(number: number): Promise<Buffer> {
    const position = number * blockBytes;
    const block = await this.#readAt(position, Math.min(blockBytes, this.size - position));
    this.#blocks.set(number, block);
    if (this.#blocks.size > blocksKept) {
      const [oldest] = this.#blocks.keys();
      if (oldest !== undefined) this.#blocks.delete(oldest);
    }
    return block;
  }

  async #readAt(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.#handle.read(buffer, done, length - done, position + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return buffer.subarray(0, done);
  }
}
