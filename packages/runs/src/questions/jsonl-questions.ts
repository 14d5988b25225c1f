import { createHash } from "node:crypto";
import { type Question, QuorateError } from "@quorate/core";
import { type Bytes, forEachLine, GrowableFloat64, GrowableUint32, IdIndex, openBytes } from "@quorate/providers";
import { type Place, parseQuestion, type QuestionDefaults, wrongQuestion } from "./question-line.ts";
import type { QuestionSource } from "./question-source.ts";

/** Opens a file with one question a line, plain or gzip. Every line is checked before the first question is asked. */
export async function openJsonlQuestions(path: string, defaults: QuestionDefaults = {}): Promise<QuestionSource> {
  const content = await openBytes(path).catch((cause: unknown) => {
    throw new QuorateError({
      code: "bad-input",
      what: `The question file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      cause,
    });
  });
  const positions = new GrowableFloat64();
  const lengths = new GrowableUint32();
  const lines = new GrowableUint32();
  const ids = new IdIndex();
  const hash = createHash("sha256");
  try {
    await forEachLine(content, ({ number, position, bytes }) => {
      if (isBlank(bytes)) return;
      const place = { path, line: number };
      const question = parseQuestion(parseJson(bytes, place), defaults, place);
      const { isNew, place: first } = ids.add(question.id);
      if (!isNew) throw wrongQuestion(place, `the id "${question.id}" is that of line ${lines.at(first)} already`);
      hash.update(bytes).update("\n");
      positions.push(position);
      lengths.push(bytes.length);
      lines.push(number);
    });
  } catch (error) {
    await content.close();
    throw error;
  }
  if (lines.length === 0) {
    await content.close();
    throw new QuorateError({ code: "bad-input", what: `The question file ${path} holds no question.` });
  }
  const { kind, fields } = defaults;
  hash.update(JSON.stringify({ kind, fields }));
  const places = { positions: positions.trimmed(), lengths: lengths.trimmed(), lines: lines.trimmed(), ids };
  return new JsonlQuestions(path, content, places, hash.digest("hex"), defaults);
}

/** In memory: 16 bytes a question here and about 20 in the index of ids. */
interface Places {
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
  readonly lines: Uint32Array;
  readonly ids: IdIndex;
}

class JsonlQuestions implements QuestionSource {
  readonly path: string;
  readonly digest: string;
  readonly #content: Bytes;
  readonly #places: Places;
  readonly #defaults: QuestionDefaults;

  constructor(path: string, content: Bytes, places: Places, digest: string, defaults: QuestionDefaults) {
    this.path = path;
    this.digest = digest;
    this.#content = content;
    this.#places = places;
    this.#defaults = defaults;
  }

  get length(): number {
    return this.#places.lengths.length;
  }

  indexOf(id: string): number {
    return this.#places.ids.indexOf(id);
  }

  async at(index: number): Promise<Question> {
    const { positions, lengths, lines } = this.#places;
    const bytes = await this.#content.read(positions[index]!, lengths[index]!);
    const place = { path: this.path, line: lines[index]! };
    return parseQuestion(parseJson(bytes, place), this.#defaults, place);
  }

  close(): Promise<void> {
    return this.#content.close();
  }
}

function parseJson(bytes: Buffer, place: Place): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw wrongQuestion(place, `this is not valid JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length < 200 && bytes.toString("utf8").trim() === "";
}
