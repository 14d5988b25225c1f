import { count } from "./count.ts";
import { linear } from "./linear.ts";
import { logOdds } from "./log-odds.ts";
import { softmax } from "./softmax.ts";
import type { Weighting, WeightingContext, WeightingDefinition, WeightingSpec } from "./weighting.ts";

/** Every weighting there is. A new one is a file, its test and a line here. */
export const weightingDefinitions: readonly WeightingDefinition[] = [count, linear, logOdds, softmax];

const byName = new Map(weightingDefinitions.map((definition) => [definition.name, definition]));

export function weightingNamed(name: string): WeightingDefinition | undefined {
  return byName.get(name);
}

export function buildWeighting(spec: WeightingSpec, context: WeightingContext): Weighting {
  return byName.get(spec.form)!.create(spec, context);
}
