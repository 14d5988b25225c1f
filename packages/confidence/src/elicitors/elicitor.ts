import type { AnswerDistribution, Question, Reading, Sample, SignalKind, Signals } from "@quorate/core";
import type { BuildFollowUp } from "./follow-up.ts";

/** Turns what a sample brings into a raw score, the higher the surer. */
export interface Elicitor {
  readonly name: string;
  /** The signal that it reads and cannot work without. */
  readonly needs: SignalKind;
  /** The score; "censored" where the server hid what it is made of; undefined where the signal is absent. */
  score(signals: Signals): Reading | undefined;
  /** How the signal is found in a response that does not bring it. Absent where only a provider can measure it. */
  readonly measure?: Measure;
  /** Where samples do not bring what it needs, asking about them does. */
  readonly followUp?: BuildFollowUp;
  /** Scores go from 0 up without an end and are no probabilities: see `raw` among the calibrators. Else they lie in [0,1]. */
  readonly isUnbounded?: true;
  /** What the prompt asks for beside the answer: a number from 0 to 100. */
  readonly asksFor?: "percent";
  /** The same elicitor over groups of so many tokens. */
  readonly withWindow?: (tokens: number) => Elicitor;
}

/** What a response must show for a signal to be measured in it. */
export interface Needed {
  readonly text?: true;
  /** Each token with its log-probability. */
  readonly tokens?: true;
  /** At least so many of the likeliest tokens at each place. More are asked for, where they are to be had. */
  readonly topLogprobs?: number;
  /** A question whose answer is one of the options that it lists. */
  readonly options?: true;
}

/** What a measurement looks at. Whatever is absent was not shown. */
type Response = Pick<Sample, "text" | "tokens" | "extraction">;

export interface Measured {
  /** Absent where the response has no such thing; "censored" where the server hid it. */
  readonly reading?: Reading;
  readonly distribution?: AnswerDistribution;
}

export interface Measure {
  readonly needs: Needed;
  readonly read: (response: Response, question: Pick<Question, "kind" | "options">) => Measured;
}

/** For elicitors whose score is the signal itself. */
export function scoreOf(kind: SignalKind): Elicitor["score"] {
  return (signals) => signals[kind];
}
