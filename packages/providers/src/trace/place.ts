import { QuorateError } from "@quorate/core";

/** Where in which file something was read; every complaint about a trace names it. */
export interface Place {
  readonly path: string;
  /** Absent when a line is read again: only its place in the file is kept. */
  readonly line?: number;
}

export function wrongField(place: Place, field: string, expected: string, seen: unknown): QuorateError {
  return new QuorateError({
    code: "bad-input",
    what: `${show(place)}: the field \`${field}\` cannot be used.`,
    expected,
    seen: seen === undefined ? "nothing" : seen,
  });
}

export function wrongLine(place: Place, what: string, cause?: unknown): QuorateError {
  return new QuorateError({ code: "bad-input", what: `${show(place)}: ${what}`, cause });
}

function show({ path, line }: Place): string {
  return line === undefined ? path : `${path}, line ${line}`;
}
