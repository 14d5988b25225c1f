import type { Answer, AnswerKind } from "./answer.ts";

export type Role = "system" | "user" | "assistant" | "developer";

export interface Message {
  readonly role: Role;
  readonly content: string;
}

export interface Question {
  readonly id: string;
  /** Absent only when the samples are recorded and the recording left it out. */
  readonly text?: string;
  /** Sent as they are, in place of the text and the default instruction. */
  readonly messages?: readonly Message[];
  readonly kind: AnswerKind;
  /** For `choice`: the options in order; the first is A. */
  readonly options?: readonly string[];
  /** The right answer as given by the user; compared in canonical form. */
  readonly gold?: Answer;
  /** Questions that share a source are resampled together for intervals. */
  readonly group?: string;
  /** What it is about: studies look at categories apart. */
  readonly category?: string;
}
