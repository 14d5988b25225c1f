import { QuorateError } from "@quorate/core";

const placeholder = "{{question}}";

/** @throws QuorateError `unknown-model` unless the template has one place for the question */
export function checkPromptTemplate(template: string, path: string): void {
  if (template.split(placeholder).length === 2) return;
  throw new QuorateError({
    code: "unknown-model",
    what: `The prompt template of ${path} (quorate.prompt_template) cannot be used.`,
    expected: `a text with ${placeholder} in one place`,
    seen: template,
    hint: "Write the file anew with such a template, or use another --model.",
  });
}

/** A prompt in parts: those of the template may name special tokens, those of the question never do. */
export interface PromptPart {
  readonly text: string;
  readonly isTrusted: boolean;
}

export function promptParts(template: string, question: string): readonly PromptPart[] {
  const [before = "", after = ""] = template.split(placeholder);
  return [
    { text: before, isTrusted: true },
    { text: question, isTrusted: false },
    { text: after, isTrusted: true },
  ].filter(({ text }) => text !== "");
}
