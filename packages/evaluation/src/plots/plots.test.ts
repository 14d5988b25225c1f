import { describe, expect, it } from "vitest";
import { binned, columnChart } from "./column-chart.ts";
import { lineChart } from "./line-chart.ts";
import type { Series } from "./series.ts";
import { smallColumns } from "./small-columns.ts";

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

  it("names lines that end together where they are apart, each once", async () => {
    const markup = await chart(series("one", 0.5, 0.9), series("two", 0.6, 0.9), series("three", 0.7, 0.9));
    const spots = ["one", "two", "three"].map((name) => {
      const found = [...markup.matchAll(new RegExp(`<text[^>]*transform="([^"]*)"[^>]*>${name}</text>`, "g"))];
      expect(found).toHaveLength(1);
      return found[0]![1];
    });
    expect(new Set(spots).size).toBe(3);
  });

  it("gives marks on one spot one label, however many they are", async () => {
    const markup = await chart(...["a", "b", "c", "d", "e"].map((name) => series(name, 0.8)));
    expect(markup).toContain(">a · b · c +2</text>");
  });

  it("draws quiet series grey and thin, without an interval, under the others", async () => {
    const markup = await chart(series("loud", 0.8, 0.9), { ...series("quiet", 0.7, 0.75), isQuiet: true });
    expect(markup).not.toContain("var(--series-2)");
    expect(markup.match(/fill-opacity="0.08"/g)).toHaveLength(1);
    expect(markup.indexOf('stroke="var(--muted)"')).toBeLessThan(markup.indexOf('stroke="var(--series-1)"'));
    expect(markup).toContain("quiet: 2, 75 %");
  });

  it("keeps a series' colour where it is given one, and its own point large", async () => {
    const { points } = series("asc", 0.8, 0.9);
    const own = points.map((point, place) => ({ ...point, isOwn: place === 1, name: `level ${place}` }));
    const markup = await chart({ name: "asc", place: 4, points: own });
    expect(markup).toContain("var(--series-5)");
    expect(markup).not.toContain("var(--series-1)");
    expect(markup).toContain("level 1: 2, 90 %");
  });

  it("shows the level that all are held against, agreement by what is lost, and money without exponents", async () => {
    const markup = await lineChart({
      series: [series("asc", 0.9, 0.999)],
      xLabel: "samples",
      yLabel: "agreement",
      yAs: "agreement",
      reference: { y: 0.99, name: "wanted 99 %" },
      said: "",
    });
    expect(markup).toContain(">wanted 99 %</text>");
    expect(markup).toMatch(/>99.9 %<\/text>/);
    const money = await lineChart({
      series: [{ name: "asc", points: [{ x: 0.0000005, y: 1 }] }],
      xLabel: "dollars",
      yLabel: "rounds",
      xAs: "dollars",
      said: "",
      size: "narrow",
    });
    expect(money).toContain("asc: $0.0000005, 1");
    expect(money).toContain('viewBox="0 0 360 320"');
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

  it("shares its range with others", () => {
    expect(binned([{ value: 3, count: 2 }], { first: 1, last: 4 }).map(({ count }) => count)).toEqual([0, 0, 2, 0]);
  });

  it("is small among many, on their axes, with its mean", async () => {
    const bins = binned([{ value: 2, count: 3 }], { first: 1, last: 4 });
    const markup = await smallColumns({ bins, total: 4, mostX: 4, mostShare: 0.75, mean: 2.5, said: "<Small.>" });
    expect(markup).toMatch(/^<svg role="img" aria-label="&lt;Small.&gt;"/);
    expect(markup).toContain("2: 75.0 %");
    expect(markup).toContain('stroke-dasharray="3 2"');
  });

  it("says each column in words", async () => {
    const bins = binned([{ value: 4, count: 7 }]);
    expect(await columnChart({ bins, xLabel: "samples", yLabel: "questions", said: "Seven." })).toContain("4: 7");
  });
});
