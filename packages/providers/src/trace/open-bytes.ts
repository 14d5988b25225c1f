import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { type Bytes, bytesInMemory, FileBytes } from "./bytes.ts";

/** A packed trace is unpacked once: into memory up to this size, else into a temporary file. */
const unpackedBytesInMemory = 256 * 1024 * 1024;

/** Opens a plain or gzip file; gzip is known by its first two bytes, not by its name. */
export async function openBytes(path: string, inMemory = unpackedBytesInMemory): Promise<Bytes> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(2);
    await handle.read(head, 0, 2, 0);
    if (head[0] !== 0x1f || head[1] !== 0x8b) return new FileBytes(handle, size);
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return unpack(path, inMemory);
}

async function unpack(path: string, inMemory: number): Promise<Bytes> {
  const source = createReadStream(path);
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  source.pipe(unpacked);

  let pieces: Buffer[] = [];
  let size = 0;
  let spill: { readonly handle: FileHandle; readonly path: string } | undefined;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      size += piece.length;
      pieces.push(piece);
      if (spill === undefined && size > inMemory) {
        const spillPath = join(tmpdir(), `quorate-trace-${randomUUID()}`);
        spill = { handle: await open(spillPath, "wx+", 0o600), path: spillPath };
      }
      if (spill !== undefined) {
        for (const waiting of pieces) await spill.handle.appendFile(waiting);
        pieces = [];
      }
    }
  } catch (error) {
    await spill?.handle.close();
    if (spill !== undefined) await rm(spill.path, { force: true });
    throw error;
  } finally {
    source.destroy();
  }
  if (spill === undefined) return bytesInMemory(Buffer.concat(pieces));
  const { path: spillPath } = spill;
  return new FileBytes(spill.handle, size, () => rm(spillPath, { force: true }));
}
