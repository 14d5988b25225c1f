import { z } from "zod";
import { equalWidthBins } from "../metrics/bins.ts";
import type { RankedScores } from "../metrics/ranked-scores.ts";
import { defineMethod } from "./method.ts";
import { binsOfWholeTies, shareOf } from "./tie-bins.ts";

const scoresPerBin = 10;

/**
 * Histogram binning (Zadrozny & Elkan 2001): each bin's accuracy, one half-success more in two halves, as steps. Bins are
 * of about equal count with equal scores in one, or of equal width on [0,1], which tells nothing apart where scores crowd.
 * A bin without scores takes what the next filled one above it has, or below where there is none. May fall where a score
 * rises.
 */
export const histogram = defineMethod({
  name: "histogram",
  parameters: z.strictObject({
    bins: z.int().min(1).default(10),
    by: z.enum(["count", "width"]).default("count"),
  }),
  needs: ({ bins, by }) => ({
    scores: scoresPerBin * bins,
    ofEachClass: 1,
    scale: by === "width" ? "probability" : "any",
  }),
  fit(ranked, { bins, by }) {
    const steps = by === "width" ? byWidth(ranked, bins) : byCount(ranked, bins);
    return { form: "steps", steps };
  },
});

function byWidth(ranked: RankedScores, bins: number): [number, number][] {
  const { count, right } = equalWidthBins(ranked, bins);
  return Array.from(count, (inBin, bin) => ({ count: inBin, right: right[bin]!, upTo: (bin + 1) / bins }))
    .filter((bin) => bin.count > 0)
    .map((bin) => [bin.upTo, shareOf(bin)]);
}

function byCount(ranked: RankedScores, bins: number): [number, number][] {
  return binsOfWholeTies(ranked, bins).map((bin) => [bin.upTo, shareOf(bin)]);
}
