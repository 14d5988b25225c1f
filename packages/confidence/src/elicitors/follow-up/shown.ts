import type { Message, Question } from "@quorate/core";
import type { Followed } from "../follow-up.ts";

/** Answers are short; what a hostile response calls its answer need not be. */
export const mostAnswerBytes = 400;

const cut = "…";

/** The end of a text, where the answer is. UTF-8, never half a character. */
export function endOf(text: string, mostBytes: number): string {
  // A UTF-16 unit is three bytes at most.
  if (text.length * 3 <= mostBytes) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= mostBytes) return text;
  let start = bytes.length - Math.max(0, mostBytes - cut.length * 3);
  while (start < bytes.length && (bytes[start]! & 0xc0) === 0x80) start += 1;
  return cut + new TextDecoder().decode(bytes.subarray(start));
}

/** The question as another reader sees it. */
export function questionText({ question, messages }: Pick<Followed, "question" | "messages">): string {
  return question.text ?? messages.map(({ content }) => content).join("\n\n");
}

/** `A. first`, one line an option; empty without options. */
export function optionLines({ options = [] }: Pick<Question, "options">): string {
  return options.map((option, index) => `${optionLetter(index)}. ${option}`).join("\n");
}

/** Questions of more than 26 options have none for the rest. */
export function optionLetter(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Parts that are there, a blank line between them, as one message of the user. */
export function userMessage(...parts: readonly string[]): readonly Message[] {
  return [{ role: "user", content: parts.filter((part) => part !== "").join("\n\n") }];
}

/** The conversation that brought the sample, and what is asked about it in the next turn. */
export function afterResponse(
  { messages, mostResponseBytes }: Pick<Followed, "messages" | "mostResponseBytes">,
  response: string,
  asked: string,
): readonly Message[] {
  return [
    ...messages,
    { role: "assistant", content: endOf(response, mostResponseBytes) },
    { role: "user", content: asked },
  ];
}
