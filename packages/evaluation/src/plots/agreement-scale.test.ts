import { describe, expect, it } from "vitest";
import { agreementScale } from "./agreement-scale.ts";

const texts = (...agreements: number[]) => agreementScale(agreements).ticks.map(({ text }) => text);

describe("agreement scale", () => {
  it("is as far from 90 to 99 % as from 99 to 99.9 %", () => {
    const { position } = agreementScale([0.9, 0.999]);
    expect(position(0.99) - position(0.9)).toBeCloseTo(1, 9);
    expect(position(0.999) - position(0.99)).toBeCloseTo(1, 9);
  });

  it("has full agreement a step above all others, with a tick of its own", () => {
    const { position, ticks } = agreementScale([0.9, 0.999, 1]);
    expect(position(1)).toBeCloseTo(3.4, 9);
    expect(ticks.at(-1)).toEqual({ position: position(1), text: "100 %" });
    expect(position(1 - 1e-12)).toBe(position(1));
  });

  it("has ticks that people know, fewer where there are many", () => {
    expect(texts(0.95, 0.995)).toEqual(["95 %", "98 %", "99 %", "99.5 %"]);
    expect(texts(0.7, 0.9999, 1)).toEqual(["90 %", "99 %", "99.9 %", "99.99 %", "100 %"]);
    expect(texts(1)).toEqual(["99 %", "100 %"]);
    expect(texts()).toEqual(["99 %"]);
  });

  it("keeps intervals that reach beyond every estimate in the picture", () => {
    const { position } = agreementScale([0.5, 0.9]);
    expect(position(0.99999)).toBeCloseTo(1.4, 9);
    expect(Number.isFinite(position(1))).toBe(true);
  });
});
