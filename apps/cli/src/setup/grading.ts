import { type CustomGrader, type GraderSettings, graderFor, loadCustomGrader } from "@quorate/answers";

/** Loads the module that `--grader` names. */
export async function customGraderAt(path: string | undefined): Promise<CustomGrader | undefined> {
  if (path === undefined) return undefined;
  return loadCustomGrader(path);
}

/** A pattern that does not compile is found before anything is paid or read. */
export function requireWorkingPattern(pattern: string | undefined): void {
  if (pattern !== undefined) graderFor({ kind: "pattern" }, { pattern });
}

export interface GradingOptions {
  readonly pattern?: string;
  readonly field?: string;
  readonly grader?: string;
}

/** How recorded texts are read again. */
export async function gradingFrom({ pattern, field, grader }: GradingOptions): Promise<GraderSettings> {
  requireWorkingPattern(pattern);
  const custom = await customGraderAt(grader);
  return {
    ...(pattern !== undefined && { pattern }),
    ...(field !== undefined && { field }),
    ...(custom !== undefined && { custom }),
  };
}
