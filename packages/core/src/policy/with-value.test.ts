import { describe, expect, it } from "vitest";
import { presetNamed } from "./presets.ts";
import { parsePolicy } from "./schema.ts";
import { hasValue, withValue } from "./with-value.ts";

const prices = { answerUsd: 0.5, sampleUsd: 0.001 };
const member = { rule: "value", ...prices, secondUsd: 0, roundSeconds: 0 };

describe("withValue", () => {
  it("adds a rule to those of the default policy", () => {
    const policy = presetNamed("quorate");
    expect(withValue(policy, prices).stop.rules).toEqual([...(policy.stop.rules as object[]), member]);
    expect(hasValue(policy)).toBe(false);
    expect(hasValue(withValue(policy, prices))).toBe(true);
  });

  it("stands beside any other rule", () => {
    const { stop } = presetNamed("asc");
    expect(withValue(presetNamed("asc"), prices).stop).toEqual({ rule: "any", rules: [stop, member] });
  });

  it("keeps the prices of a policy that names them", () => {
    const stop = { rule: "value", answerUsd: 9, sampleUsd: 0.25, secondUsd: 0.5, roundSeconds: 2 };
    const named = withValue(parsePolicy({ name: "mine", stop }), prices);
    expect(named.stop).toEqual({ ...stop, answerUsd: 0.5 });
  });

  it("takes away what was promised for the policy as tuned", () => {
    const tuned = {
      method: "conformal",
      risk: "disagreement",
      epsilon: 0.01,
      maxSamples: 16,
      data: { file: "a.jsonl", digest: "0", questions: 9 },
      parameter: "stop.level",
      level: 0.9,
    };
    const policy = parsePolicy({ name: "t", stop: { rule: "beta", level: 0.9 }, tuned });
    expect(withValue(policy, prices)).not.toHaveProperty("tuned");
  });

  it("refuses an answer that is worth nothing", () => {
    expect(() => withValue(presetNamed("asc"), { ...prices, answerUsd: 0 })).toThrowError(/answerUsd/);
  });
});
