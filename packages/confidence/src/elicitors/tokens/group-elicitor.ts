import type { Reading, TokenLogprob } from "@quorate/core";
import { type Elicitor, scoreOf } from "../elicitor.ts";
import { likeliestAt } from "./likeliest.ts";
import { tokenConfidence } from "./token-confidence.ts";

/** DeepConf's window. Groups of responses that are shorter are the whole response: take one well below their length. */
const usualWindow = 2048;

type GroupName = "group-bottom" | "group-lowest" | "group-tail";

/** An elicitor of DeepConf over the mean token confidences of all groups of `window` tokens in a row. */
export function groupElicitor(
  name: GroupName,
  statistic: (groups: readonly number[]) => number,
  window = usualWindow,
): Elicitor {
  const needs = `${name}@${window}` as const;
  return {
    name,
    needs,
    score: scoreOf(needs),
    isUnbounded: true,
    withWindow: (tokens) => groupElicitor(name, statistic, tokens),
    measure: {
      needs: { tokens: true, topLogprobs: 5 },
      read({ tokens }) {
        const reading = readGroups(tokens, window, statistic);
        return reading === undefined ? {} : { reading };
      },
    },
  };
}

function readGroups(
  tokens: readonly TokenLogprob[] | undefined,
  window: number,
  statistic: (groups: readonly number[]) => number,
): Reading | undefined {
  const places = likeliestAt(tokens);
  if (places === undefined || places === "censored") return places;
  return statistic(groupMeans(places.map(tokenConfidence), window));
}

/** Means over each complete window, in order; of fewer values than a window holds, the mean of all. */
export function groupMeans(values: readonly number[], window: number): number[] {
  const size = Math.min(window, values.length);
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  return Array.from({ length: values.length - size + 1 }, (_, start) => (sums[start + size]! - sums[start]!) / size);
}
