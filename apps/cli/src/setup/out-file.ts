import { constants } from "node:fs";
import { access, rename, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { QuorateError } from "@quorate/core";

export interface OutFile {
  /** All or nothing: what was there before stays until the new file is whole. */
  write(text: string | AsyncIterable<string>): Promise<void>;
}

/**
 * A file for results, found to be writable before the work begins and unlike any of the inputs.
 *
 * @param option that named it
 */
export async function openOutFile(path: string, inputs: readonly string[], option = "--out"): Promise<OutFile> {
  const target = resolve(path);
  if (inputs.some((input) => resolve(input) === target)) {
    throw new QuorateError({ code: "bad-option", what: `${option} ${path} would overwrite what is read.` });
  }
  try {
    await access(dirname(target), constants.W_OK);
    if ((await stat(target).catch(() => undefined))?.isDirectory()) throw new Error("it is a directory");
  } catch (cause) {
    throw unwritable(`${option} ${path}`, cause, "bad-option");
  }
  return {
    async write(text) {
      const temporary = `${target}.${process.pid}.tmp`;
      try {
        await writeFile(temporary, text);
        await rename(temporary, target);
      } catch (cause) {
        throw unwritable(`${option} ${path}`, cause, "storage-failed");
      }
    },
  };
}

function unwritable(named: string, cause: unknown, code: "bad-option" | "storage-failed"): QuorateError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new QuorateError({ code, what: `${named} cannot be written: ${why}.`, cause });
}
