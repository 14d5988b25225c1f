import type { Bytes } from "./bytes.ts";

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly position: number;
  /** Without the line break; valid only while the visitor runs. */
  readonly bytes: Buffer;
  /** False for a last line without a line break: perhaps torn off in a crash. */
  readonly ended: boolean;
}

const lineBreak = 0x0a;

/** Walks over all lines in order. A byte order mark belongs to no line. */
export async function forEachLine(content: Bytes, visitor: (line: Line) => void): Promise<void> {
  const visit = (line: Line) => {
    const mark = line.position === 0 && startsWithByteOrderMark(line.bytes) ? 3 : 0;
    visitor(mark === 0 ? line : { ...line, position: mark, bytes: line.bytes.subarray(mark) });
  };
  let number = 1;
  let position = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for await (const piece of content.pieces()) {
    let start = 0;
    for (let end = piece.indexOf(lineBreak); end !== -1; end = piece.indexOf(lineBreak, start)) {
      const rest = piece.subarray(start, end);
      const bytes = begunBytes === 0 ? rest : Buffer.concat([...begun, rest]);
      visit({ number, position, bytes, ended: true });
      number++;
      position += bytes.length + 1;
      begun = [];
      begunBytes = 0;
      start = end + 1;
    }
    if (start < piece.length) {
      // The piece is reused for the next read.
      begun.push(Buffer.from(piece.subarray(start)));
      begunBytes += piece.length - start;
    }
  }
  if (begunBytes > 0) visit({ number, position, bytes: Buffer.concat(begun), ended: false });
}

function startsWithByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
