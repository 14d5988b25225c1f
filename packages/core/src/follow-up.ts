/** Why asking about a sample brought no number. Counted and reported by kind. */
export const followUpGaps = [
  /** The server hid too much of what the number is made of. */
  "censored",
  "empty",
  /** All attempts failed. */
  "failed",
  /** The reply holds none of the labels or numbers that were asked for. */
  "no-label",
  /** The reply came without log-probabilities. */
  "no-logprobs",
  /** The recording left the response out. */
  "no-text",
  "refused",
  /** Cut off at its token limit before it said anything. */
  "truncated",
] as const;

export type FollowUpGap = (typeof followUpGaps)[number];

/** What was asked about one sample after it was there, as it is journaled. Its number stands among the sample's signals. */
export interface FollowUp {
  readonly elicitor: string;
  /** The provider that was asked. */
  readonly asked: string;
  /** The elicitor's options, defaults included: under others it is another measurement. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Present where there is no number. */
  readonly gap?: FollowUpGap;
  /** Between these the number lies, where the server hid a part of it. */
  readonly bounds?: readonly [low: number, high: number];
  /** In the provider's words, or what else a person should know of it. */
  readonly detail?: string;
}
