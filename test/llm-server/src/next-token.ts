import type { AnswerSource } from "./answer-source.ts";
import type { Vocabulary } from "./vocabulary.ts";

const assistant = "<|assistant|>\n";

interface TemplateMessage {
  readonly role: string;
  readonly content?: unknown;
}

/** A conversation as one text; the assistant's last turn stays open. */
export function chatText(messages: readonly TemplateMessage[], continued: boolean): string {
  const turns = messages.map(({ role, content }) => `<|${role}|>\n${typeof content === "string" ? content : ""}`);
  return continued ? turns.join("\n") : `${turns.join("\n")}\n${assistant}`;
}

/**
 * What comes next after a text, from the answers of its prompt. Where the assistant has begun one of them, or the line
 * `ANSWER:` before it, that one goes on; after anything else they begin.
 */
export function nextTokens(source: AnswerSource, text: string, vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const at = text.lastIndexOf(assistant);
  const begun = at === -1 ? "" : text.slice(at + assistant.length);
  const answers = source.answers.flatMap(({ answer, probability }) =>
    answer === null ? [] : [{ answer, probability }],
  );
  const going = answers.flatMap(({ answer, probability }) => {
    const whole = [answer, `ANSWER: ${answer}`].find((one) => begun !== "" && one.startsWith(begun) && one !== begun);
    return whole === undefined ? [] : [{ rest: whole.slice(begun.length), probability }];
  });
  const rest = going.length > 0 ? going : answers.map(({ answer, probability }) => ({ rest: answer, probability }));
  const total = going.length > 0 ? going.reduce((sum, { probability }) => sum + probability, 0) : 1;
  const next = new Map<string, number>();
  for (const { rest: left, probability } of rest) {
    const [token = ""] = vocabulary.split(left).filter((one) => one !== "");
    next.set(token, (next.get(token) ?? 0) + probability / total);
  }
  return next;
}
