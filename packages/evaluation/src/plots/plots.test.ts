import { describe, expect, it } from "vitest";
import { binned, columnChart } from "./column-chart.ts";
import { lineChart } from "./line-chart.ts";
import type { Series } from "./series.ts";

const series = (name: string, ...ys: number[]): Series => ({
  name,
  points: ys.map((y, place) => ({ x: place + 1, y, low: y - 0.01, high: y + 0.01 })),
});

const chart = (...of: Series[]) =>
  lineChart({
    series: of,
    xLabel: "samples a question",
    yLabel: "accuracy",
    yAs: "share",
    said: "Accuracy by samples.",
  });

describe("line chart", () => {
  it("names every series, and tells them apart by colour, dash and shape", async () => {
    const markup = await chart(series("asc", 0.8, 0.9), series("lead", 0.7, 0.85));
    for (const name of ["asc", "lead", "samples a question", "accuracy"]) expect(markup).toContain(`>${name}</text>`);
    expect(markup).toContain("var(--series-1)");
    expect(markup).toContain("var(--series-2)");
    expect(markup.match(/stroke-dasharray="[^"]*"/g)).toEqual(['stroke-dasharray="6 3"']);
    expect(markup.match(/<circle /g)).toHaveLength(2);
  });

  it("shows shares as percentages", async () => {
    expect(await chart(series("asc", 0.8, 0.9))).toMatch(/>90 %<\/text>/);
  });

  it("moves names apart that would lie on one another", async () => {
    const markup = await chart(series("one", 0.5, 0.9), series("two", 0.6, 0.9), series("three", 0.7, 0.9));
    const shifts = [...markup.matchAll(/translate\(9,(-?[\d.]+)\)/g)].map(([, shift]) => Number(shift));
    expect(shifts).toHaveLength(3);
    const [low, , high] = shifts.toSorted((a, b) => a - b);
    expect(high! - low!).toBeCloseTo(26, 6);
  });

  it("says itself in words to those who do not see it", async () => {
    expect(await chart(series("asc", 0.8))).toMatch(/^<svg role="img" aria-label="Accuracy by samples\."/);
  });

  it("draws the names of hostile policies and files as text", async () => {
    const markup = await lineChart({
      series: [series("<script>alert(1)</script>\u202e", 0.5, 0.6)],
      xLabel: "<b>",
      yLabel: '"x"',
      said: '"><img src=x>',
    });
    expect(markup).not.toMatch(/<script|<b>|<img|\u202e/);
    expect(markup).toContain("&lt;script&gt;");
  });
});

describe("column chart", () => {
  it("has a column for every whole number between the least and the most", () => {
    expect(
      binned([
        { value: 5, count: 3 },
        { value: 2, count: 1 },
      ]),
    ).toEqual([
      { from: 2, to: 2, count: 1 },
      { from: 3, to: 3, count: 0 },
      { from: 4, to: 4, count: 0 },
      { from: 5, to: 5, count: 3 },
    ]);
  });

  it("has at most 32 columns, all of one width, and loses nothing", () => {
    const values = Array.from({ length: 100 }, (_, value) => ({ value, count: value }));
    const bins = binned(values);
    expect(bins.length).toBeLessThanOrEqual(32);
    expect(new Set(bins.slice(0, -1).map(({ from, to }) => to - from)).size).toBe(1);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(4950);
  });

  it("says each column in words", async () => {
    const bins = binned([{ value: 4, count: 7 }]);
    expect(await columnChart({ bins, xLabel: "samples", yLabel: "questions", said: "Seven." })).toContain("4: 7");
  });
});
