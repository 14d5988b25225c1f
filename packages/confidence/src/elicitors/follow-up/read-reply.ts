import type { Answered, Elicited, Reply } from "../follow-up.ts";

/** What a reply says in words; why there is nothing where it says nothing of use. */
export function readReply(answered: Answered<Reply>, read: (text: string) => number | undefined): Elicited {
  if (answered.kind === "failed") return { gap: "failed", detail: answered.detail };
  const { text, finishReason } = answered.result;
  if (finishReason === "refusal" || finishReason === "content-filter") return { gap: "refused" };
  const signal = read(withoutThinking(text));
  if (signal !== undefined) return { signal };
  if (text.trim() === "") return { gap: finishReason === "length" ? "truncated" : "empty" };
  return { gap: finishReason === "length" ? "truncated" : "no-label" };
}

/** What a reasoning model wrote before its reply; unfinished thoughts are no reply. */
function withoutThinking(text: string): string {
  const end = text.lastIndexOf("</think>");
  if (end !== -1) return text.slice(end + "</think>".length);
  return text.trimStart().startsWith("<think>") ? "" : text;
}
