import type { Policy, Shown, SignalKind } from "@quorate/core";
import type { Elicitor, Needed } from "./elicitor.ts";
import { elicitorFor, elicitors } from "./registry.ts";

/** What a model or a recording brings: signals that are measured already, and what others can be measured in. */
export interface Source {
  readonly signals: readonly SignalKind[];
  readonly shows?: Shown;
}

/** What whoever says nothing about it shows: a response has a text. */
const textAlone: Shown = { text: true, tokens: false, topLogprobs: 0 };

/** More of the likeliest tokens than this no hosted model shows; DeepConf reads so many. */
export const mostTopLogprobs = 20;

/**
 * All signals that are to be had from a source.
 *
 * @param wanted so that its window is considered
 */
export function signalsFrom({ signals, shows = textAlone }: Source, wanted: Policy["confidence"] = null): SignalKind[] {
  const candidates = wanted === null ? elicitors : [...elicitors, elicitorFor(wanted)];
  const measurable = candidates.filter((elicitor) => canMeasure(elicitor, shows)).map(({ needs }) => needs);
  return [...new Set([...signals, ...measurable])];
}

function canMeasure({ measure }: Elicitor, shows: Shown): boolean {
  if (measure === undefined) return false;
  const { text, tokens, topLogprobs = 0 } = measure.needs;
  return (text !== true || shows.text) && (tokens !== true || shows.tokens) && topLogprobs <= shows.topLogprobs;
}

/** `at least 5 of the likeliest tokens at each place`: for messages. */
export function describeNeeded({ text, tokens, topLogprobs }: Needed): string {
  if (topLogprobs !== undefined) return `at least ${topLogprobs} of the likeliest tokens at each place`;
  if (tokens) return "the log-probability of each token";
  return text ? "the text of the response" : "nothing";
}
