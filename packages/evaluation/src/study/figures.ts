import { metricDefinitions, metricsOf } from "@quorate/confidence";
import type { GradedSignal } from "./graded-signal.ts";
import type { SignalFigures } from "./study.ts";
import type { StudySignal } from "./study-signals.ts";

const names = metricDefinitions.map(({ name }) => name);

/** All metrics, those without a value apart. */
export function figuresOf({ name }: StudySignal, { scores }: GradedSignal): SignalFigures {
  const values = Object.entries(metricsOf(scores, names));
  return {
    signal: name,
    n: scores.scores.length,
    metrics: Object.fromEntries(values.filter(([, value]) => typeof value === "number")),
    absent: Object.fromEntries(values.filter(([, value]) => typeof value === "string")),
  };
}

export function shareOf(isRight: Uint8Array): number {
  return isRight.length === 0 ? 0 : isRight.reduce((sum, one) => sum + one, 0) / isRight.length;
}
