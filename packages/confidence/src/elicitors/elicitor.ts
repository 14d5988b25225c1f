import type { Reading, SignalKind, Signals } from "@quorate/core";
import type { BuildFollowUp } from "./follow-up.ts";

/** Turns what a sample brings into a raw score, the higher the surer. */
export interface Elicitor {
  readonly name: string;
  /** What it cannot work without. */
  readonly needs: SignalKind;
  /** The score; "censored" where the server hid what it is made of; undefined where the signal is absent. */
  score(signals: Signals): Reading | undefined;
  /** Where samples do not bring what it needs, asking about them does. */
  readonly followUp?: BuildFollowUp;
}
