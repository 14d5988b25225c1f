import { elicitorNamed } from "@quorate/confidence";
import { presetNamed, type Sample, setParameter } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { elicited, promptingFor, requireOptions, wantedTokens } from "./elicitation.ts";

const able = { can: { samplesPerRequest: 1, temperature: true, seed: true, signals: [] } } as const;
const reading = (elicitor: string) => setParameter(presetNamed("sc"), `confidence.elicitor=${elicitor}`);

describe("what a policy's elicitor takes", () => {
  it("is asked for in the prompt where it has to be said", () => {
    expect(promptingFor(reading("verbal-numeric"), { system: "x" })).toEqual({ system: "x", confidence: "percent" });
    const prompting = { system: "x" };
    expect(promptingFor(reading("linguistic"), prompting)).toBe(prompting);
    expect(promptingFor(presetNamed("asc"), prompting)).toBe(prompting);
  });

  it("is tokens, and the likeliest ones, where it reads them and nobody brings the signal", () => {
    const wanted = (
      name: string | undefined,
      plan = { keepTokens: false },
      provider: Parameters<typeof wantedTokens>[1] = able,
    ) => wantedTokens(name === undefined ? undefined : elicitorNamed(name), provider, plan);
    expect(wanted("group-lowest")).toEqual({ keepTokens: true, topLogprobs: 20 });
    expect(wanted("mean-token-probability")).toEqual({ keepTokens: true });
    expect(wanted("verbal-numeric")).toEqual({ keepTokens: false });
    expect(wanted("token-probability")).toEqual({ keepTokens: false });
    expect(wanted(undefined, { keepTokens: true })).toEqual({ keepTokens: true });
    const kept = { keepTokens: true, topLogprobs: 5 };
    expect(wanted("group-lowest", kept)).toEqual(kept);
    const brought = { can: { ...able.can, signals: ["group-lowest@2048"] } } as const;
    expect(wanted("group-lowest", undefined, brought)).toEqual({ keepTokens: false });
  });

  it("is options to choose from, asked of every question before the first is paid", () => {
    const policy = reading("internal");
    const open = { id: "sum", kind: "number" } as const;
    expect(() => requireOptions(policy, open)).toThrowError(/question "sum" lists none.*answer-probability/);
    expect(() => requireOptions(policy, { ...open, kind: "choice" })).toThrowError(/lists none/);
    requireOptions(policy, { ...open, kind: "choice", options: ["x", "y"] });
    requireOptions(reading("linguistic"), open);
    requireOptions(presetNamed("asc"), open);
  });
});

describe("a sample as it is journaled", () => {
  const sample: Sample = {
    index: 0,
    wave: 0,
    extraction: { kind: "answer", answer: "7" },
    signals: {},
    tokens: [{ token: "7", logprob: Math.log(0.25) }],
  };

  it("has the signal, and tokens only where they are to be kept", () => {
    const elicitor = elicitorNamed("mean-token-probability");
    const question = { id: "q", kind: "number" } as const;
    const { tokens, ...rest } = sample;
    const measured = { ...rest, signals: { "mean-token-probability": expect.closeTo(0.25, 12) } };
    expect(elicited(sample, { elicitor, plan: { keepTokens: false } }, question)).toEqual(measured);
    expect(elicited(sample, { elicitor, plan: { keepTokens: true } }, question)).toEqual({ ...measured, tokens });
    expect(elicited(sample, { elicitor: undefined, plan: { keepTokens: false } }, question)).toEqual(rest);
  });
});
