/**
 * What a reading of each kind can be. `probability`: in [0,1]. `logprob`: a natural logarithm of one, at most 0. `score`: from
 * 0 up without an end, and no probability.
 */
export type SignalRange = "probability" | "logprob" | "score";

/**
 * Every kind of signal there is; a new one is a line here. `recorded`: a confidence that came with a trace, whatever its
 * source. `mean-logprob`, `sequence-logprob`: mean and sum over the generated tokens. `special-token`: probability of the
 * confidence token. The others are measured by the elicitor that reads them, in the response or by asking about it; its file
 * says how.
 */
const ranges = {
  recorded: "probability",
  "mean-logprob": "logprob",
  "sequence-logprob": "logprob",
  "special-token": "probability",
  "answer-logprob": "logprob",
  fidelity: "probability",
  "group-mean": "score",
  internal: "probability",
  linguistic: "probability",
  "linguistic-judge": "probability",
  "mean-entropy": "score",
  "mean-token-probability": "probability",
  "p-true": "probability",
  "self-certainty": "score",
  surrogate: "probability",
  "verbal-numeric": "probability",
  "verbal-numeric-follow-up": "probability",
  "verbal-scale": "probability",
  verifier: "probability",
} as const satisfies Record<string, SignalRange>;

/** Over groups of tokens; their number is part of the kind, since another one makes another signal. */
const groupRanges = {
  "group-bottom": "score",
  "group-lowest": "score",
  "group-tail": "score",
} as const satisfies Record<string, SignalRange>;

type PlainKind = keyof typeof ranges;
type GroupKind = keyof typeof groupRanges;

/** `mean-logprob`, or with a number of tokens `group-lowest@2048`. */
export type SignalKind = PlainKind | `${GroupKind}@${number}`;

/** A measured number, or the fact that the server hid it (OpenAI's −9999 for tokens outside the top 20). */
export type Reading = number | "censored";

export type Signals = { readonly [Kind in SignalKind]?: Reading };

const grouped = /^([a-z-]+)@[1-9]\d{0,8}$/;

/** Undefined for a kind that this version does not know. */
export function signalRange(kind: string): SignalRange | undefined {
  if (Object.hasOwn(ranges, kind)) return ranges[kind as PlainKind];
  const group = grouped.exec(kind)?.[1];
  return group !== undefined && Object.hasOwn(groupRanges, group) ? groupRanges[group as GroupKind] : undefined;
}

const places = new Map(Object.keys(ranges).map((kind, place) => [kind, place]));

/** For sorting: in the order of the list above, groups of tokens last. */
export function signalKindOrder(a: SignalKind, b: SignalKind): number {
  const [first, second] = [places.get(a) ?? places.size, places.get(b) ?? places.size];
  return first - second || (a < b ? -1 : Number(a > b));
}

/** What responses show beside their signals. */
export interface Shown {
  readonly text: boolean;
  /** Each token with its log-probability. */
  readonly tokens: boolean;
  /** How many of the likeliest tokens at each place; 0: none. */
  readonly topLogprobs: number;
}
