import { describe, expect, it } from "vitest";
import { abstention, verdictAfter, vote } from "./__fixtures__/verdict-after.ts";

const spec = { rule: "rasc", level: 0.5, size: 3 };

describe("rasc", () => {
  it("counts only what is confident enough, at the level too", () => {
    const unsure = [vote("A", 0.49), vote("A"), abstention];
    expect(verdictAfter(spec, unsure)).toEqual({ stop: false, need: 3 });
    expect(verdictAfter(spec, [...unsure, vote("B", 0.5), vote("C", 0.9)])).toEqual({ stop: false, need: 1 });
  });

  it("stops when the buffer is full, and decides by the sums within it", () => {
    const votes = [vote("A", 0.1), vote("B", 0.5), vote("A", 0.4), vote("A", 0.4), vote("B", 0.5), vote("C", 0.95)];
    expect(verdictAfter(spec, votes)).toEqual({ stop: true, answer: "B", reason: "rasc", certificate: "heuristic" });
    expect(verdictAfter(spec, [vote("A", 0.6), vote("B", 0.6), vote("C", 0.6)])).toMatchObject({ answer: "A" });
  });

  it("with too few such samples leaves the answer to the weighted vote", () => {
    expect(verdictAfter(spec, [vote("A", 0.9), vote("B", 0.1)], { maxSamples: 2 }).stop).toBe(false);
  });
});
