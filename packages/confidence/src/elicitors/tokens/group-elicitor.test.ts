import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { TokenLogprob } from "@quorate/core";
import { describe, expect, it } from "vitest";
import type { Elicitor } from "../elicitor.ts";
import { groupBottom } from "../group-bottom.ts";
import { groupLowest } from "../group-lowest.ts";
import { groupMean } from "../group-mean.ts";
import { groupTail } from "../group-tail.ts";
import { groupMeans } from "./group-elicitor.ts";

const extraction = { kind: "answer", answer: "1" } as const;

function read(elicitor: Elicitor, tokens: readonly TokenLogprob[] | undefined): unknown {
  const response = { extraction, ...(tokens !== undefined && { tokens }) };
  return elicitor.measure!.read(response, { kind: "number" }).reading;
}

const shown = (...top: number[]): TokenLogprob => ({
  token: "t",
  logprob: top[0] ?? 0,
  top: top.map((logprob) => ({ token: `${logprob}`, logprob })),
});

describe("DeepConf", () => {
  const peaked = shown(-4, -6);
  const flat = shown(0, -2);
  const tokens = [flat, flat, flat, peaked, peaked, peaked];

  it("takes groups as its paper does", () => {
    expect(groupMeans([1, 1, 1, 5, 5, 5], 3)).toEqual([1, expect.closeTo(7 / 3, 9), expect.closeTo(11 / 3, 9), 5]);
    expect(read(groupLowest.withWindow!(3), tokens)).toBe(1);
    expect(read(groupTail.withWindow!(3), tokens)).toBe(5);
    expect(read(groupBottom.withWindow!(3), tokens)).toBe(1);
    expect(read(groupMean, tokens)).toBe(3);
  });

  it("has one group where the response is shorter than the window", () => {
    for (const elicitor of [groupLowest, groupTail, groupBottom]) expect(read(elicitor, tokens)).toBe(3);
  });

  it("takes the lowest tenth of the groups, rounded down", () => {
    const rising = Array.from({ length: 29 }, (_, i) => shown(-i, -i));
    expect(read(groupBottom.withWindow!(1), rising)).toBe(0.5);
  });

  it("is a signal of its own for each window", () => {
    expect(groupLowest.needs).toBe("group-lowest@2048");
    const narrow = groupLowest.withWindow!(16);
    expect(narrow.needs).toBe("group-lowest@16");
    expect(narrow.score({ "group-lowest@16": 7, "group-lowest@2048": 9 })).toBe(7);
    expect(groupLowest.score({ "group-lowest@16": 7 })).toBeUndefined();
  });

  it("is absent without likeliest tokens, and censored where more than a tenth of the places show none", () => {
    const bare: TokenLogprob = { token: "t", logprob: -1 };
    expect(read(groupLowest, undefined)).toBeUndefined();
    expect(read(groupLowest, [])).toBeUndefined();
    expect(read(groupLowest, [bare, bare])).toBeUndefined();
    expect(read(groupLowest, [...Array<TokenLogprob>(9).fill(flat), bare])).toBe(1);
    expect(read(groupLowest, [...Array<TokenLogprob>(8).fill(flat), bare])).toBe("censored");
    expect(read(groupMean, [shown(-1), shown(-2)])).toBeUndefined();
  });
});

interface Line {
  readonly sample?: { readonly tokens: readonly Required<TokenLogprob>[] };
}

describe("DeepConf on samples of the embedded model", () => {
  const file = new URL("../../../../embedded-model/traces/tokens.jsonl.gz", import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  const samples = lines.map((line) => JSON.parse(line) as Line).flatMap(({ sample }) => sample ?? []);
  const window = 16;

  it("is what a plain computation gives", () => {
    expect(samples.length).toBeGreaterThan(600);
    let severalGroups = 0;
    for (const { tokens } of samples) {
      const confidences: number[] = [];
      for (const { top } of tokens) {
        let product = 1;
        for (const { logprob } of top) product *= Math.exp(-logprob / top.length);
        confidences.push(Math.log(product));
      }
      const groups: number[] = [];
      for (let end = Math.min(window, confidences.length); end <= confidences.length; end += 1) {
        let sum = 0;
        for (let at = Math.max(0, end - window); at < end; at += 1) sum += confidences[at]!;
        groups.push(sum / Math.min(window, confidences.length));
      }
      const ordered = groups.toSorted((a, b) => a - b);
      const tenth = ordered.filter((_, place) => place < 1 || (place + 1) * 10 <= ordered.length);
      const expected = {
        lowest: ordered[0]!,
        tail: groups[groups.length - 1]!,
        bottom: tenth.reduce((a, b) => a + b) / tenth.length,
        mean: confidences.reduce((a, b) => a + b) / confidences.length,
      };
      if (groups.length >= 20) severalGroups += 1;
      expect(read(groupLowest.withWindow!(window), tokens)).toBeCloseTo(expected.lowest, 9);
      expect(read(groupTail.withWindow!(window), tokens)).toBeCloseTo(expected.tail, 9);
      expect(read(groupBottom.withWindow!(window), tokens)).toBeCloseTo(expected.bottom, 9);
      expect(read(groupMean, tokens)).toBeCloseTo(expected.mean, 9);
      expect(expected.lowest).toBeGreaterThan(Math.log(tokens[0]!.top.length) - 1e-9);
    }
    expect(severalGroups).toBeGreaterThan(100);
  });
});
