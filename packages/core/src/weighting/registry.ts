import { borda } from "./borda.ts";
import { count } from "./count.ts";
import { cutBelow } from "./cut-below.ts";
import { densityRatio } from "./density-ratio.ts";
import { distinctPaths } from "./distinct-paths.ts";
import { linear } from "./linear.ts";
import { logOdds } from "./log-odds.ts";
import { rankNormal } from "./rank-normal.ts";
import { softmax } from "./softmax.ts";
import { topShare } from "./top-share.ts";
import type { Weighting, WeightingContext, WeightingDefinition, WeightingSpec } from "./weighting.ts";

/** Every weighting there is. A new one is a file, its test and a line here. */
export const weightingDefinitions: readonly WeightingDefinition[] = [
  borda,
  count,
  cutBelow,
  densityRatio,
  distinctPaths,
  linear,
  logOdds,
  rankNormal,
  softmax,
  topShare,
];

const byName = new Map(weightingDefinitions.map((definition) => [definition.name, definition]));

export function weightingNamed(name: string): WeightingDefinition | undefined {
  return byName.get(name);
}

export function buildWeighting(spec: WeightingSpec, context: WeightingContext): Weighting {
  return byName.get(spec.form)!.create(spec, context);
}
