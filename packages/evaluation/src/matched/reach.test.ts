import { describe, expect, it } from "vitest";
import { reachOf } from "./reach.ts";

const point = (samples: number, value: number) => ({ samples, value });
const curve = [point(2, 0.9), point(4, 0.98), point(10, 1)];

describe("reachOf", () => {
  it("goes straight between the neighbours of the target", () => {
    for (const [target, samples] of [
      [0.94, 3],
      [0.98, 4],
      [0.99, 7],
    ] as const) {
      expect(reachOf(curve, target)).toEqual({ kind: "interpolated", samples: expect.closeTo(samples, 10) as number });
    }
  });

  it("says so where the curve is not there: already at its first point, or never", () => {
    expect(reachOf(curve, 0.9)).toEqual({ kind: "loosest-suffices", samples: 2 });
    expect(reachOf(curve, 0.5)).toEqual({ kind: "loosest-suffices", samples: 2 });
    expect(reachOf(curve.slice(0, 2), 0.99)).toEqual({ kind: "not-reached", best: 0.98 });
  });

  it("takes the first crossing of a curve that turns back, in the order of samples", () => {
    const turning = [point(6, 0.97), point(2, 0.9), point(4, 0.99), point(8, 1)];
    expect(reachOf(turning, 0.99)).toEqual({ kind: "interpolated", samples: 4 });
    expect(reachOf(turning, 0.945)).toMatchObject({ kind: "interpolated", samples: expect.closeTo(3, 12) as number });
  });

  it("climbs straight up where two points take equally many samples", () => {
    expect(reachOf([point(4, 0.99), point(4, 0.9)], 0.95)).toEqual({ kind: "interpolated", samples: 4 });
  });
});
