import { isQuorateError } from "@quorate/core";
import { CommanderError } from "commander";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";
import { safeText } from "./screen/safe-text.ts";

/** Runs one command line to its end and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
  try {
    await buildProgram().parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.allDecided : exitCodes.wrongUsage;
  if (isQuorateError(error)) {
    process.stderr.write(`quorate: ${safeText(error.message)}\n`);
    return exitCodeOf(error);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `quorate: this is a fault in Quorate itself, please report it.\n${safeText(text, "keep line breaks")}\n`,
  );
  return exitCodeOf(error);
}
