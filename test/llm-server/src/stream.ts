import { type Completion, choiceLogprobs, envelope, usageJson } from "./completion.ts";
import type { Choice } from "./generation.ts";
import { splitTokens } from "./tokens.ts";

/** One server-sent event and the generated tokens it carries. */
export interface StreamPiece {
  readonly data: string;
  readonly tokens: number;
}

export interface StreamPlan {
  readonly pieces: readonly StreamPiece[];
  /** What follows the last piece: a proper end, a reset connection, or silence. */
  readonly ending: "done" | "reset" | "stall";
}

/** More events than this for one choice are merged, so that a megabyte of text stays a reasonable stream. */
const mostPiecesPerChoice = 2000;
const done: StreamPiece = { data: "data: [DONE]\n\n", tokens: 0 };

/** The whole stream, ahead of time: the choices by turns, a role first and a finish reason last for each. */
export function planStream(completion: Completion): StreamPlan {
  const { choices, fault, chat, usage, options } = completion;
  const open = envelope(completion, "chat.completion.chunk");
  const close = chat.includeUsage && fault?.kind !== "missing-usage" ? ',"usage":null}\n\n' : "}\n\n";
  const event = (inside: string) => `data: ${open},"choices":[${inside}]${close}`;
  const shown = fault?.kind === "empty-choices" ? [] : choices;
  const lanes = shown.map((choice) => lane(choice, completion));
  const pieces: StreamPiece[] = shown.length === 0 ? [{ data: event(""), tokens: usage.outputTokens }] : [];
  for (let turn = 0; lanes.some(({ length }) => turn < length); turn++) {
    for (const pending of lanes) {
      const piece = pending[turn];
      if (piece !== undefined) pieces.push({ data: event(piece.data), tokens: piece.tokens });
    }
  }
  if (fault?.kind === "reset-mid-body") return { pieces: cut(pieces, completion), ending: "reset" };
  if (fault?.kind === "stall") return { pieces: cut(pieces, completion), ending: "stall" };
  if (fault?.kind === "malformed-json") {
    const middle = pieces[pieces.length >> 1];
    if (middle !== undefined) {
      pieces[pieces.length >> 1] = {
        data: `${middle.data.slice(0, middle.data.length >> 1)}\n\n`,
        tokens: middle.tokens,
      };
    }
  }
  if (chat.includeUsage && fault?.kind !== "missing-usage") {
    pieces.push({ data: `data: ${open},"choices":[],"usage":${usageJson(usage, options)}}\n\n`, tokens: 0 });
  }
  return { pieces: [...pieces, done], ending: "done" };
}

/** The events of one choice. Hidden reasoning comes before its first token. */
function lane(choice: Choice, completion: Completion): StreamPiece[] {
  const { fault, options } = completion;
  const lead = `{"index":${choice.index},"delta":`;
  const field = choice.refusal === undefined ? "content" : "refusal";
  const tokens = splitTokens(choice.refusal ?? choice.text);
  const logprobs = choice.refusal === undefined ? choiceLogprobs(choice, completion) : undefined;
  const role = fault?.kind === "missing-role" ? "" : '"role":"assistant",';
  const pieces = [
    { data: `${lead}{${role}"${field}":""},"logprobs":null,"finish_reason":null}`, tokens: choice.reasoningTokens },
  ];
  const size = Math.max(options.stream.chunkTokens, Math.ceil(tokens.length / mostPiecesPerChoice));
  let left = choice.tokens;
  for (let at = 0; at < tokens.length; at += size) {
    const text = JSON.stringify(tokens.slice(at, at + size).join(""));
    const own =
      logprobs === undefined ? "null" : `{"content":[${logprobs.slice(at, at + size).join(",")}],"refusal":null}`;
    // The tokens billed can be fewer than those of the text: hostile content does not keep to the limit.
    const count = Math.min(left, size, tokens.length - at);
    left -= count;
    pieces.push({ data: `${lead}{"${field}":${text}},"logprobs":${own},"finish_reason":null}`, tokens: count });
  }
  pieces.push({ data: `${lead}{},"logprobs":null,"finish_reason":"${choice.finishReason}"}`, tokens: 0 });
  return pieces;
}

function cut(pieces: readonly StreamPiece[], { fault, choices, options }: Completion): StreamPiece[] {
  const longest = Math.max(1, ...choices.map((choice) => choice.tokens));
  const perChoice = fault?.afterTokens ?? longest >> 1;
  const turns = 1 + Math.ceil(perChoice / options.stream.chunkTokens);
  return pieces.slice(0, Math.min(pieces.length - choices.length, turns * choices.length));
}
