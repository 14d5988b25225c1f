import { QuorateError } from "@quorate/core";
import { checkPromptTemplate } from "./prompt-template.ts";
import { damagedModel, readGgufHeader } from "./read-header.ts";

/** What is known of a model before its weights are loaded. */
export interface ModelFile {
  readonly path: string;
  /** How it wants to be asked; undefined where neither the file nor its package says so. */
  readonly promptTemplate: string | undefined;
  /** Tokens that it was trained to see at once. */
  readonly trainedContext: number;
  readonly vocabularySize: number;
  /** Whether a text begins with a token of its own. */
  readonly startToken: number | undefined;
  /** Sampling one of these ends the response. */
  readonly endTokens: ReadonlySet<number>;
  /** Undefined for a model that was not trained to have one. */
  readonly confidenceToken: number | undefined;
  /** Tokens that are no text: never sampled, and never read out of a question. */
  readonly controlTokens: ReadonlySet<number>;
  /** Their spelling, longest first. */
  readonly controlTexts: readonly string[];
}

/** What a token is, by the format's numbers; 1, 4 and 6 are text. */
const tokenTypes = { unknown: 2, control: 3, unused: 5 } as const;
const notText: ReadonlySet<number> = new Set(Object.values(tokenTypes));

const usualConfidenceToken = "<CNF>";

export interface ModelFileOptions {
  /** Named by the user, so it has to be there. @default "<CNF>" where the model has it */
  readonly confidenceToken?: string;
  /** For a file that says nothing itself. */
  readonly promptTemplate?: string;
}

/** @throws QuorateError `unknown-model` for a file that cannot be used, `bad-option` for an unknown confidence token */
export function readModelFile(path: string, options: ModelFileOptions = {}): ModelFile {
  const header = readGgufHeader(path);
  const architecture = header.string("general.architecture");
  const trainedContext = header.number(`${architecture}.context_length`);
  const tokens = header.strings("tokenizer.ggml.tokens");
  const end = header.number("tokenizer.ggml.eos_token_id");
  if (tokens === undefined || trainedContext === undefined || end === undefined) {
    const lacking = tokens === undefined ? "a vocabulary" : end === undefined ? "an end token" : "a context length";
    throw damagedModel(path, `it names no architecture with ${lacking}`);
  }
  const types = header.numbers("tokenizer.ggml.token_type") ?? [];
  const confidenceToken = confidenceTokenOf(path, tokens, options.confidenceToken);
  const endTokens = new Set([end, header.number("tokenizer.ggml.eot_token_id") ?? end]);
  const controlTokens = new Set(tokens.keys());
  for (const token of tokens.keys()) {
    const isText = !notText.has(types[token] ?? 1) && !endTokens.has(token) && token !== confidenceToken;
    if (isText) controlTokens.delete(token);
  }
  const promptTemplate = header.string("quorate.prompt_template") ?? options.promptTemplate;
  if (promptTemplate !== undefined) checkPromptTemplate(promptTemplate, path);
  return {
    path,
    promptTemplate,
    trainedContext,
    vocabularySize: tokens.length,
    startToken:
      header.flag("tokenizer.ggml.add_bos_token") === true ? header.number("tokenizer.ggml.bos_token_id") : undefined,
    endTokens,
    confidenceToken,
    controlTokens,
    controlTexts: Array.from(controlTokens, (token) => tokens[token]!)
      .filter((text) => text !== "")
      .sort((a, b) => b.length - a.length),
  };
}

function confidenceTokenOf(path: string, tokens: readonly string[], named: string | undefined): number | undefined {
  const token = tokens.indexOf(named ?? usualConfidenceToken);
  if (token !== -1) return token;
  if (named === undefined) return undefined;
  throw new QuorateError({
    code: "bad-option",
    what: `${path} has no confidence token ${named}.`,
    expected: "a token of the model's vocabulary",
    seen: named,
    hint: "Leave `confidenceToken` out for policies that read no special-token.",
  });
}
