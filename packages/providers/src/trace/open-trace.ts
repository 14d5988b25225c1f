import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { QuorateError } from "@quorate/core";
import type { Bytes } from "./bytes.ts";
import { CompactTraceBuilder } from "./compact-trace.ts";
import { type Fields, isFields, isMissing } from "./fields.ts";
import { forEachLine, type Line } from "./lines.ts";
import { openBytes } from "./open-bytes.ts";
import { type Place, wrongField, wrongLine } from "./place.ts";
import { SamplesTraceBuilder } from "./samples-trace-builder.ts";
import { sharedTrace } from "./shared-trace.ts";
import type { TraceBuilder } from "./trace-builder.ts";
import type { TraceFile } from "./trace-file.ts";

export interface TraceOptions {
  /** Told about a torn last line, which is left out. */
  readonly onWarning?: (message: string) => void;
}

/** The only version of both forms so far; a file without one has it too. */
const knownVersion = 1;

/**
 * Opens a recording in either form, plain or gzip. Every line is checked once; afterwards lines are read again when they
 * are asked for. Close it at the end.
 */
export async function openTrace(path: string, options: TraceOptions = {}): Promise<TraceFile> {
  const status = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const identity = [resolve(path), status.dev, status.ino, status.size, status.mtimeMs].join("|");
  return sharedTrace(identity, () => openAlone(path, options));
}

async function openAlone(path: string, options: TraceOptions): Promise<TraceFile> {
  let content: Bytes;
  try {
    content = await openBytes(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    return await scan(path, content, options);
  } catch (error) {
    await content.close();
    throw error;
  }
}

function unreadable(path: string, cause: unknown): QuorateError {
  return new QuorateError({
    code: "bad-input",
    what: `The trace ${path} cannot be read: ${messageOf(cause)}.`,
    cause,
  });
}

async function scan(path: string, content: Bytes, { onWarning }: TraceOptions): Promise<TraceFile> {
  let form: { readonly name: string; readonly builder: TraceBuilder } | undefined;
  await forEachLine(content, (line) => {
    const place = { path, line: line.number };
    const fields = parseLine(line, place, onWarning);
    if (fields === undefined) return;
    checkVersion(fields, place);
    const name = formOf(fields, place);
    form ??= { name, builder: name === "compact" ? new CompactTraceBuilder() : new SamplesTraceBuilder() };
    if (form.name !== name) throw wrongLine(place, `a line of the ${name} form in a file of the ${form.name} form.`);
    form.builder.add(fields, line, place);
  });
  if (form === undefined) throw new QuorateError({ code: "bad-input", what: `The trace ${path} is empty.` });
  return form.builder.finish(path, content);
}

/** Undefined for a blank line and for a torn last one. */
function parseLine(line: Line, place: Place, onWarning: TraceOptions["onWarning"]): Fields | undefined {
  const text = line.bytes.toString("utf8");
  if (text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    if (line.ended) throw wrongLine(place, `this is not valid JSON: ${messageOf(cause)}.`, cause);
    onWarning?.(`${place.path}, line ${line.number}: the last line is torn and was left out.`);
    return undefined;
  }
  if (!isFields(value)) throw wrongLine(place, "expected a JSON object.");
  return value;
}

function checkVersion({ version }: Fields, place: Place): void {
  if (isMissing(version) || version === knownVersion) return;
  throw wrongField(place, "version", `${knownVersion}, the only version that this Quorate reads`, version);
}

function formOf(fields: Fields, place: Place): "compact" | "samples" {
  const { quorate } = fields;
  if (quorate !== undefined) {
    if (quorate === "compact" || quorate === "samples") return quorate;
    throw wrongField(place, "quorate", '"samples" or "compact"', quorate);
  }
  if ("samples" in fields || "id" in fields) return "compact";
  if ("sample" in fields || "followUp" in fields || "call" in fields || isFields(fields.question)) return "samples";
  throw wrongLine(place, "this is neither a question with its samples nor a line of a run's journal.");
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
