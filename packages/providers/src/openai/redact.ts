const shownLength = 300;

/** Makes a server's words fit to be journaled: without the key, and not too long. */
export function redact(text: string, apiKey: string): string {
  const withoutOwn = apiKey.length > 4 ? text.replaceAll(apiKey, "[key]") : text;
  const clean = withoutOwn.replace(/\bsk-[\w-]{8,}/g, "[key]");
  return clean.length > shownLength ? `${clean.slice(0, shownLength)}…` : clean;
}
