import { describe, expect, it } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";

/** Found by bisection on the complementary error function: independent of the rational approximations. */
describe("normalQuantile", () => {
  it.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.2623400897984],
    [1e-9, -5.99780701500769],
    [0.01, -2.32634787404084],
    [0.075, -1.43953147093846],
    [0.3, -0.52440051270804],
    [0.5, 0],
    [0.6, 0.2533471031358],
    [0.8, 0.84162123357291],
  ])("of %d", (probability, quantile) => {
    expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThan(1e-12);
    if (probability > 1e-9) expect(Math.abs(normalQuantile(1 - probability) + quantile)).toBeLessThan(1e-12);
  });
});
