const lettersPerToken = 6;
const digitsPerToken = 3;

/**
 * The number of tokens in a text. Every token holds at least one character, so the count never exceeds the
 * number of UTF-8 bytes: clients rely on that bound.
 */
export function countTokens(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at = tokenEnd(text, at)) count++;
  return count;
}

export function splitTokens(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = tokenEnd(text, at);
    tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

/** The longest beginning of the text with at most `limit` tokens. */
export function takeTokens(text: string, limit: number): { text: string; tokens: number } {
  let at = 0;
  let tokens = 0;
  while (at < text.length && tokens < limit) {
    at = tokenEnd(text, at);
    tokens++;
  }
  return { text: at === text.length ? text : text.slice(0, at), tokens };
}

export function firstToken(text: string): string {
  return text === "" ? "" : text.slice(0, tokenEnd(text, 0));
}

function tokenEnd(text: string, start: number): number {
  let at = start;
  let code = text.charCodeAt(at);
  if (code === 32) {
    const next = text.charCodeAt(at + 1);
    if (isLetter(next) || isDigit(next)) {
      at++;
      code = next;
    }
  }
  if (isLetter(code)) return runEnd(text, at, lettersPerToken, isLetter);
  if (isDigit(code)) return runEnd(text, at, digitsPerToken, isDigit);
  return (text.codePointAt(at) ?? 0) > 0xffff ? at + 2 : at + 1;
}

function runEnd(text: string, start: number, most: number, belongs: (code: number) => boolean): number {
  const limit = Math.min(text.length, start + most);
  let at = start + 1;
  while (at < limit && belongs(text.charCodeAt(at))) at++;
  return at;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
