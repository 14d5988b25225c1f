import { responseLength } from "./limits.ts";

const openings = ["<think>", "<thinking>"];
const closings = ["</think>", "</thinking>"];

/**
 * The part of a response that may hold the answer: what follows the last closing reasoning tag, and of that the last
 * megabyte. `undefined` when reasoning was opened and never closed: what it tried on the way is no answer.
 */
export function afterReasoning(text: string): string | undefined {
  if (!text.includes("think")) return tail(text);
  let end = 0;
  for (const tag of closings) {
    const at = text.lastIndexOf(tag);
    if (at !== -1) end = Math.max(end, at + tag.length);
  }
  if (openings.some((tag) => text.lastIndexOf(tag) >= end)) return undefined;
  return tail(text.slice(end));
}

function tail(text: string): string {
  return text.length > responseLength ? text.slice(-responseLength) : text;
}
