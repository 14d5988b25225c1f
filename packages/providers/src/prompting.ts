import { type AnswerKind, type Message, type Question, QuorateError } from "@quorate/core";

export interface PromptOptions {
  /** Sent first, as the system message. */
  readonly system?: string;
  /** The whole user message, with `{{question}}` and, if wanted, `{{options}}`; takes the place of the default instruction. */
  readonly template?: string;
  /** For `json`: the field of the object that holds the answer. @default "answer" */
  readonly jsonField?: string;
  /** Asks for a line after the answer that says how sure the model is, from 0 to 100; below a template too. */
  readonly confidence?: "percent";
}

/**
 * What goes over the wire for a question. The question's own `messages` override everything. A question without text
 * (from a recording that left it out) has no messages.
 */
export function messagesFor(question: Question, options: PromptOptions = {}): readonly Message[] {
  if (question.messages !== undefined) return question.messages;
  if (question.text === undefined) return [];
  const asked =
    options.template === undefined
      ? defaultPrompt(question, question.text, options.jsonField ?? "answer")
      : fillTemplate(options.template, question.text, lettered(question.options));
  const content = options.confidence === undefined ? asked : `${asked}\n\n${confidenceInstruction}`;
  const user: Message = { role: "user", content };
  return options.system === undefined ? [user] : [{ role: "system", content: options.system }, user];
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Throws when the template names a placeholder that does not exist or leaves the question out. */
export function checkTemplate(template: string): void {
  const names = Array.from(template.matchAll(placeholder), (match) => match[1] ?? "");
  const unknown = names.find((name) => name !== "question" && name !== "options");
  if (unknown !== undefined) {
    throw new QuorateError({
      code: "bad-option",
      what: `The prompt template has an unknown placeholder {{${unknown}}}.`,
      expected: "{{question}} or {{options}}",
      seen: `{{${unknown}}}`,
    });
  }
  if (!names.includes("question")) {
    throw new QuorateError({
      code: "bad-option",
      what: "The prompt template never shows the question.",
      hint: "Put {{question}} where the question's text belongs.",
    });
  }
}

/** One pass: placeholders inside a question's own text stay as they are. */
function fillTemplate(template: string, text: string, options: string): string {
  checkTemplate(template);
  return template.replace(placeholder, (_whole, name: string) => (name === "options" ? options : text));
}

function defaultPrompt(question: Question, text: string, jsonField: string): string {
  return [text, lettered(question.options), instruction(question.kind, jsonField)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** On a line of its own, so that it is never taken for the answer. */
const confidenceInstruction =
  "After the answer, add one more line of the form\nCONFIDENCE: <0 to 100>\nwith the probability, in percent, that your answer is right.";

function instruction(kind: AnswerKind, jsonField: string): string {
  switch (kind) {
    case "number":
      return "Think step by step. End with a line of the form\nANSWER: <number>\nwith nothing but the number after the colon.";
    case "choice":
      return "Think step by step. End with a line of the form\nANSWER: <letter>\nwith nothing but the letter of the right option after the colon.";
    case "math":
      return "Think step by step. End with a line of the form\nANSWER: <expression>\nwith nothing but the simplified result after the colon.";
    case "json":
      return `Think step by step. End with a JSON object of the form\n{${JSON.stringify(jsonField)}: <answer>}`;
    case "text":
    case "exact":
      return "Think step by step. End with a line of the form\nANSWER: <answer>\nwith the shortest answer that is complete after the colon.";
    case "pattern":
    case "custom":
      // Only the user knows what their pattern or function looks for.
      return "";
  }
}

/** `A. first`, one line an option; after Z come AA, AB, … */
function lettered(options: readonly string[] | undefined): string {
  return (options ?? []).map((option, index) => `${optionLetter(index)}. ${option}`).join("\n");
}

function optionLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : optionLetter(Math.floor(index / 26) - 1) + last;
}
