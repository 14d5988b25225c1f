import type { Message } from "@quorate/core";
import type { ModelFile } from "./model-file.ts";
import { type PromptPart, promptParts } from "./prompt-template.ts";

/** As a tokeniser has it: text with or without special tokens to tokens. */
export type Tokenize = (text: string, parseSpecial: boolean) => readonly number[];

export type Prompt =
  | { readonly kind: "tokens"; readonly tokens: readonly number[] }
  /** Nothing that the model could read. */
  | { readonly kind: "unusable"; readonly why: string };

/** The one message of the user in the model's own form. What a message says stays text, whatever it looks like. */
export function promptOf(messages: readonly Message[], model: ModelFile, tokenize: Tokenize): Prompt {
  const [message, ...others] = messages;
  if (message === undefined) return { kind: "unusable", why: "The question has no text to send." };
  if (others.length > 0 || message.role !== "user") {
    const why = "The embedded model reads one message of the user; leave system and further messages out.";
    return { kind: "unusable", why };
  }
  const text = message.content.trim();
  const parts = promptParts(model.promptTemplate ?? "{{question}}", text);
  const tokens = parts.flatMap((part) => tokensOf(part, model, tokenize));
  if (text === "" || tokens.length === 0) return { kind: "unusable", why: "The question has no text to send." };
  return { kind: "tokens", tokens: model.startToken === undefined ? tokens : [model.startToken, ...tokens] };
}

function tokensOf({ text, isTrusted }: PromptPart, model: ModelFile, tokenize: Tokenize): readonly number[] {
  return isTrusted ? tokenize(text, true) : textTokens(text, model, tokenize);
}

/** A text of which nothing counts as a special token. */
export function textTokens(text: string, model: ModelFile, tokenize: Tokenize): readonly number[] {
  const tokens = tokenize(text, false);
  if (!tokens.some((token) => model.controlTokens.has(token))) return tokens;
  // Tokenisers read some kinds of token out of any text; cut in two, the spelling is no token any more.
  return pieces(text, model.controlTexts).flatMap((piece) => tokenize(piece, false));
}

/** The text cut after the first character of every spelling of a control token. */
function pieces(text: string, spellings: readonly string[]): readonly string[] {
  const cuts = new Set<number>();
  for (const spelling of spellings) {
    const first = String.fromCodePoint(spelling.codePointAt(0)!).length;
    if (first === spelling.length) continue;
    for (let at = text.indexOf(spelling); at !== -1; at = text.indexOf(spelling, at + 1)) cuts.add(at + first);
  }
  const ends = [...cuts].sort((a, b) => a - b);
  return [0, ...ends].map((start, place) => text.slice(start, ends[place] ?? text.length));
}
