import type { Bytes } from "./bytes.ts";
import { type Fields, isFields } from "./fields.ts";
import { type Place, wrongLine } from "./place.ts";

/** A line whose place is known from the first scan. */
export function parseKnownLine(bytes: Buffer, place: Place): Fields {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw wrongLine(place, "the file was changed while it was open.", cause);
  }
  if (!isFields(value)) throw wrongLine(place, "the file was changed while it was open.");
  return value;
}

export async function readKnownLine(content: Bytes, position: number, length: number, place: Place): Promise<Fields> {
  return parseKnownLine(content.peek(position, length) ?? (await content.read(position, length)), place);
}
