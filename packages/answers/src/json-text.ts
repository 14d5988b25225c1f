import { lastOccurrences } from "./marks.ts";

/** A JSON value longer than this is not looked at. */
const jsonLength = 65_536;
const openings = 64;

/** A parsed value, or `undefined` for text that is no JSON. Numbers keep their digits as a `JsonNumber`. */
export function parseJson(text: string): unknown {
  if (text.length > jsonLength) return undefined;
  try {
    JSON.parse(text);
    return JSON.parse(
      text.replace(stringOrNumber, (token) =>
        token.startsWith('"') ? token : `{${JSON.stringify(numberKey)}:"${token}"}`,
      ),
    );
  } catch {
    return undefined;
  }
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const numberKey = "\u0000number";

/** The digits of a number as they were written, so that none is lost to floating point. */
export function writtenNumber(value: object): string | undefined {
  const digits: unknown = Object.hasOwn(value, numberKey) ? Reflect.get(value, numberKey) : undefined;
  return typeof digits === "string" ? digits : undefined;
}

/** JSON values that a response may mean, best first: all of it, its last fenced block, its last object. */
export function* jsonValues(text: string): Generator<unknown> {
  const trimmed = text.trim();
  if (/^[{[]/.test(trimmed)) yield parseJson(trimmed);
  const fenced = lastFenced(trimmed);
  if (fenced !== undefined) yield parseJson(fenced);
  yield lastObject(trimmed);
}

function lastFenced(text: string): string | undefined {
  const fences = [...lastOccurrences(text, "```")];
  const [close, open] = fences;
  if (close === undefined || open === undefined) return undefined;
  const block = text.slice(open + 3, Math.min(close, open + jsonLength));
  return block.replace(/^\w*\s/, "").trim();
}

function lastObject(text: string): unknown {
  const tail = text.slice(-jsonLength);
  const end = tail.lastIndexOf("}");
  let depth = 0;
  let tried = 0;
  for (let index = end; index >= 0 && tried < openings; index--) {
    const character = tail[index];
    if (character === "}") depth++;
    // Braces inside strings upset the count, so every later opening is tried as well.
    else if (character === "{" && --depth <= 0) {
      tried++;
      const value = parseJson(tail.slice(index, end + 1));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
