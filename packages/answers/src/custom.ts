import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Answer, QuorateError } from "@quorate/core";

/** A user's own idea of an answer. */
export interface CustomGrader {
  /** From the whole response, reasoning included, to an answer; null when there is none. */
  extract(text: string): string | null;
  /** Two answers that count as one. Must be an equivalence relation: else classes would depend on the order of votes. */
  equal?(a: Answer, b: Answer): boolean;
}

/** Loads a module that exports `extract` and perhaps `equal`. */
export async function loadCustomGrader(path: string): Promise<CustomGrader> {
  const module = await load(path);
  const { extract, equal } = module;
  if (typeof extract !== "function") throw badModule(path, "does not export a function `extract`.");
  if (equal !== undefined && typeof equal !== "function")
    throw badModule(path, "exports an `equal` that is no function.");
  return {
    extract: (text) => extract(text) as string | null,
    ...(equal !== undefined && { equal: (a: Answer, b: Answer) => equal(a, b) === true }),
  };
}

async function load(path: string): Promise<{ extract?: unknown; equal?: unknown }> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as { extract?: unknown; equal?: unknown };
  } catch (cause) {
    throw badModule(path, `cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}.`, cause);
  }
}

function badModule(path: string, complaint: string, cause?: unknown): QuorateError {
  return new QuorateError({
    code: "bad-option",
    what: `The custom grader \`${path}\` ${complaint}`,
    hint: "Export `extract(text)`, which returns a string or null, and optionally `equal(a, b)`.",
    cause,
  });
}
