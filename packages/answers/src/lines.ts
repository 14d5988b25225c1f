/** The last line that is not blank; `undefined` when it is longer than the limit. */
export function lastLine(text: string, limit: number): string | undefined {
  const trimmed = text.trimEnd();
  const window = trimmed.slice(-limit - 1);
  const line = window.slice(window.lastIndexOf("\n") + 1).trim();
  return line === "" || (line.length > limit && window.length < trimmed.length) ? undefined : line;
}

/** The text before the last line that is not blank. */
export function beforeLastLine(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.slice(0, Math.max(0, trimmed.lastIndexOf("\n")));
}
