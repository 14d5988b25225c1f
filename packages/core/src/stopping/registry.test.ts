import { describe, expect, it } from "vitest";
import { presetNamed, presets } from "../policy/presets.ts";
import { needsOf, welcomesConfidence } from "./registry.ts";

describe("what a rule makes of a confidence", () => {
  it("only the gate does without one and better with one, also inside other rules", () => {
    expect(welcomesConfidence({ rule: "gate", level: 0.9 })).toBe(true);
    expect(welcomesConfidence({ rule: "beta", level: 0.95 })).toBe(false);
    expect(
      welcomesConfidence({
        rule: "all",
        rules: [
          { rule: "beta", level: 0.95 },
          { rule: "gate", level: 0.9 },
        ],
      }),
    ).toBe(true);
    expect(welcomesConfidence({ rule: "any", rules: [{ rule: "curtailed" }, { rule: "fixed" }] })).toBe(false);
    const welcoming = presets.filter(({ name }) => welcomesConfidence(presetNamed(name).stop)).map(({ name }) => name);
    expect(welcoming).toEqual(["quorate"]);
  });

  it("what it cannot do without is a need, of the members too", () => {
    expect(needsOf({ rule: "gate", level: 0.9 })).toEqual(new Set());
    const both = needsOf({ rule: "any", rules: [{ rule: "curtailed" }, { rule: "threshold", level: 0.9 }] });
    expect(both).toContain("confidence");
  });
});
