import type { PolicyScore } from "../replay/policy-score.ts";
import { dollars, grouped } from "../text/numbers.ts";
import type { TableColumn } from "./narrowing-table.ts";
import { policyColumn, right } from "./score-columns.ts";

const shown = <Value>(value: Value | undefined, show: (value: Value) => string) =>
  value === undefined ? undefined : show(value);

/** What a question took in tokens, dollars and time; all of it absent where nobody recorded it. */
export const costColumns: readonly TableColumn<PolicyScore>[] = [
  policyColumn,
  right("output tokens", 0, ({ outputTokens }) => shown(outputTokens?.mean, grouped)),
  right("input tokens", 1, ({ inputTokens }) => shown(inputTokens?.shared, grouped)),
  right("input, n = 1", 3, ({ inputTokens }) => shown(inputTokens?.apart, grouped)),
  right("output cost", 4, ({ outputUsd }) => shown(outputUsd?.mean, dollars)),
  right("cost", 0, ({ totalUsd }) => shown(totalUsd?.shared, dollars)),
  right("cost, n = 1", 2, ({ totalUsd }) => shown(totalUsd?.apart, dollars)),
  right("time", 0, ({ seconds }) => shown(seconds?.mean, duration)),
  right("median time", 6, ({ seconds }) => shown(seconds?.median, duration)),
  right("p95 time", 5, ({ seconds }) => shown(seconds?.p95, duration)),
];

const duration = (seconds: number): string => `${seconds.toPrecision(3)} s`;
