import { expect, it } from "vitest";
import { quantileOf } from "./quantile.ts";

it("goes straight between neighbours", () => {
  expect([0, 0.25, 0.5, 1].map((share) => quantileOf([1, 2, 4], share))).toEqual([1, 1.5, 2, 4]);
  expect(quantileOf([7], 0.975)).toBe(7);
});
