/** What the head of a GGUF file says. Numbers beyond 2^53 lose their last digits, which no key that is read has. */
export interface GgufHeader {
  number(key: string): number | undefined;
  flag(key: string): boolean | undefined;
  string(key: string): string | undefined;
  strings(key: string): readonly string[] | undefined;
  numbers(key: string): readonly number[] | undefined;
}

/** Undefined when the bytes end before the head does. @throws Error when they are no GGUF of a known version */
export function parseGgufHeader(bytes: Buffer): GgufHeader | undefined {
  const cursor = new Cursor(bytes);
  try {
    if (cursor.take(4).toString("latin1") !== "GGUF") throw new Error("it does not begin with GGUF");
    const version = cursor.u32();
    if (version !== 2 && version !== 3) throw new Error(`its GGUF version is ${version}, not 2 or 3`);
    cursor.u64();
    const count = cursor.u64();
    const values = new Map<string, unknown>();
    for (let i = 0; i < count; i++) values.set(cursor.string(), cursor.value(cursor.u32()));
    return headerOf(values);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function headerOf(values: ReadonlyMap<string, unknown>): GgufHeader {
  const listOf = <Item>(key: string, isItem: (item: unknown) => item is Item): readonly Item[] | undefined => {
    const value = values.get(key);
    return Array.isArray(value) && value.every(isItem) ? value : undefined;
  };
  const isNumber = (value: unknown): value is number => typeof value === "number";
  const isString = (value: unknown): value is string => typeof value === "string";
  const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
  return {
    flag: (key) => [values.get(key)].find(isFlag),
    number: (key) => [values.get(key)].find(isNumber),
    string: (key) => [values.get(key)].find(isString),
    strings: (key) => listOf(key, isString),
    numbers: (key) => listOf(key, isNumber),
  };
}

/** Reads on from where it stands; throws a RangeError past the end, as Buffer does. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new RangeError("past the end");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  u64(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  string(): string {
    return this.take(this.u64()).toString("utf8");
  }

  value(type: number): unknown {
    const read = readers[type];
    if (read === undefined) throw new Error(`it holds a value of the unknown type ${type}`);
    return read(this);
  }
}

/** By the type's number in the format. Arrays of arrays occur in no file that is known. */
const readers: readonly ((cursor: Cursor) => unknown)[] = [
  (cursor) => cursor.take(1).readUInt8(),
  (cursor) => cursor.take(1).readInt8(),
  (cursor) => cursor.take(2).readUInt16LE(),
  (cursor) => cursor.take(2).readInt16LE(),
  (cursor) => cursor.u32(),
  (cursor) => cursor.take(4).readInt32LE(),
  (cursor) => cursor.take(4).readFloatLE(),
  (cursor) => cursor.take(1).readUInt8() !== 0,
  (cursor) => cursor.string(),
  (cursor) => {
    const type = cursor.u32();
    if (type === arrayType) throw new Error("it holds an array of arrays");
    const count = cursor.u64();
    const values: unknown[] = [];
    for (let i = 0; i < count; i++) values.push(cursor.value(type));
    return values;
  },
  (cursor) => cursor.u64(),
  (cursor) => Number(cursor.take(8).readBigInt64LE()),
  (cursor) => cursor.take(8).readDoubleLE(),
];
const arrayType = 9;
