import type { LatencyModel } from "@quorate/evaluation";
import { InvalidArgumentError } from "commander";

/** Readers of option values: each says what it expected. Commander adds the option's name. */
export function integerFrom(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most && text.trim() !== "") return value;
    throw new InvalidArgumentError(`Expected an integer ${range}.`);
  };
}

export function numberFrom(least: number, unit = ""): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isFinite(value) && value >= least && text.trim() !== "") return value;
    throw new InvalidArgumentError(`Expected a number${unit} from ${least} up.`);
  };
}

/** `0.02` or `2%`, from 0 to 1. */
export function share(text: string): number {
  const match = /^(\d*\.?\d+(?:e-?\d+)?)\s*(%?)$/.exec(text.trim());
  const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("Expected a share such as 0.02 or 2%.");
}

/** A share of neither nothing nor everything. */
export function openShare(text: string): number {
  const value = share(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError("Expected a share between 0 and 1, such as 0.02 or 2%.");
}

/** What a timer can hold; a longer one would end at once. */
const longestTimerMs = 2 ** 31 - 1;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `15m`, `2h`; a bare number is seconds. */
export function durationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
  if (match === null) throw new InvalidArgumentError("Expected a time such as 90s, 15m or 2h.");
  const ms = Number(match[1]) * unitMs[match[2] ?? "s"]!;
  if (ms > longestTimerMs) throw new InvalidArgumentError("Expected at most 24 days.");
  return ms;
}

/** `measured`, or `lognormal:4,0.5`: median in seconds and standard deviation of the logarithm. */
export function latencyModel(text: string): LatencyModel {
  if (text.trim() === "measured") return { kind: "measured" };
  const [, median, sigma] = /^lognormal:([^,]+),([^,]+)$/.exec(text.trim()) ?? [];
  const [medianSeconds, spread] = [Number(median), Number(sigma)];
  if (Number.isFinite(medianSeconds) && medianSeconds > 0 && Number.isFinite(spread) && spread >= 0) {
    return { kind: "lognormal", medianSeconds, sigma: spread };
  }
  throw new InvalidArgumentError("Expected measured, or lognormal:MEDIAN_SECONDS,SIGMA such as lognormal:4,0.5.");
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const mappable = ["id", "question", "messages", "kind", "options", "gold", "group", "category"];

/** `question=prompt,gold=label`: from our field names to the file's. */
export function fieldMap(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [ours, theirs] = pair.split("=").map((part) => part.trim());
      if (ours !== undefined && theirs !== undefined && theirs !== "" && mappable.includes(ours)) return [ours, theirs];
      throw new InvalidArgumentError(
        `Expected pairs such as question=prompt,gold=label, with ${mappable.join(", ")} on the left.`,
      );
    }),
  );
}
