import { candidateLength } from "./limits.ts";
import { lastOccurrences } from "./marks.ts";

const commands = ["\\boxed", "\\fbox"];
const bare = /[^\s$\\{},;]+/y;

/** The content of the last box that is closed and not blank; "" when there are boxes and none is. */
export function lastBoxed(text: string): string | undefined {
  let best: { at: number; content: string } | undefined;
  let opened = false;
  for (const command of commands) {
    for (const at of lastOccurrences(text, command)) {
      if (best !== undefined && at < best.at) break;
      opened = true;
      const content = boxedAt(text, at + command.length);
      if (content === undefined || content.trim() === "") continue;
      best = { at, content };
      break;
    }
  }
  return best?.content ?? (opened ? "" : undefined);
}

function boxedAt(text: string, afterCommand: number): string | undefined {
  const limit = Math.min(text.length, afterCommand + candidateLength);
  let start = afterCommand;
  while (start < limit && text[start] === " ") start++;
  if (text[start] !== "{") {
    bare.lastIndex = start;
    return bare.exec(text.slice(0, limit))?.[0];
  }
  let depth = 0;
  for (let index = start; index < limit; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return text.slice(start + 1, index);
  }
  return undefined;
}
