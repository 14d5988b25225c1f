import { presetNamed, setParameter } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { ballotOf } from "./ballot-of.ts";
import { elicitorNamed, elicitors } from "./elicitors/registry.ts";
import { estimatorFor } from "./estimator.ts";
import { fitPolicy } from "./fit-policy.ts";

describe("elicitors", () => {
  it.each(elicitors)("$name reads its signal, and says when it is absent or censored", (elicitor) => {
    expect(elicitor.score({ [elicitor.needs]: -0.5 })).not.toBeUndefined();
    expect(elicitor.score({ [elicitor.needs]: "censored" })).toBe("censored");
    expect(elicitor.score({})).toBeUndefined();
  });

  it("token-probability is the geometric mean", () => {
    expect(elicitorNamed("token-probability").score({ "mean-logprob": Math.log(0.25) })).toBeCloseTo(0.25, 12);
    expect(elicitorNamed("sequence-likelihood").score({ "sequence-logprob": Math.log(0.25) })).toBeCloseTo(0.25, 12);
    expect(elicitorNamed("sequence-likelihood").score({ "sequence-logprob": "censored" })).toBe("censored");
  });

  it("an unknown one is an error that lists the known ones", () => {
    expect(() => elicitorNamed("vibes")).toThrowError(/p-true, recorded, .*token-probability/);
  });
});

describe("estimatorFor", () => {
  it("calibrates what the elicitor gives", () => {
    const policy = setParameter(
      presetNamed("grace-sc"),
      'confidence.calibrator={"form":"table","points":[[0,0.2],[1,0.6]]}',
    );
    const estimate = estimatorFor(policy);
    expect(estimate({ "special-token": 0.5 })).toBeCloseTo(0.4, 12);
    expect(estimate({ "special-token": "censored" })).toBeUndefined();
    expect(estimate({ recorded: 0.9 })).toBeUndefined();
  });

  it("without a confidence in the policy there is none", () => {
    expect(estimatorFor(presetNamed("asc"))({ recorded: 0.9 })).toBeUndefined();
  });
});

describe("ballotOf", () => {
  const signals = { recorded: 0.7 };
  const estimate = ({ recorded }: { readonly recorded?: number | "censored" }) =>
    typeof recorded === "number" ? recorded : undefined;

  it("is the answer with its confidence, where there is one", () => {
    const extraction = { kind: "answer", answer: "A" } as const;
    expect(ballotOf({ extraction, signals }, estimate)).toEqual({ ...extraction, confidence: 0.7 });
    expect(ballotOf({ extraction, signals: { recorded: "censored" } }, estimate)).toEqual(extraction);
    expect(ballotOf({ extraction, signals: {} }, estimate)).not.toHaveProperty("confidence");
  });

  it("shows the distribution over answers where the sample has one", () => {
    const extraction = { kind: "answer", answer: "A" } as const;
    const distribution = [
      { answer: "A", probability: 0.6 },
      { answer: "B", probability: 0.3 },
    ];
    expect(ballotOf({ extraction, signals, distribution }, estimate)).toEqual({
      ...extraction,
      confidence: 0.7,
      distribution,
    });
    expect(ballotOf({ extraction, signals: {}, distribution }, estimate)).toEqual({ ...extraction, distribution });
  });

  it("is an abstention without confidence, whatever was measured", () => {
    const extraction = { kind: "abstention", reason: "truncated" } as const;
    const distribution = [{ answer: "A", probability: 0.6 }];
    expect(ballotOf({ extraction, signals, distribution }, estimate)).toEqual(extraction);
  });
});

describe("fitPolicy", () => {
  it("leaves a policy alone that finds what it reads", () => {
    const policy = presetNamed("cisc");
    expect(fitPolicy(policy, ["mean-logprob"], "it")).toEqual({ policy });
  });

  it("that does better with a confidence and names none takes the model's own", () => {
    const own = { elicitor: "special-token", calibrator: { form: "identity" } } as const;
    const fitted = (name: string) => fitPolicy(presetNamed(name), ["special-token"], "it", own).policy.confidence;
    expect(fitted("quorate")).toEqual(own);
    expect(fitted("sc")).toBeNull();
    expect(fitted("grace-es")).toEqual({ elicitor: "special-token", calibrator: { form: "identity" } });
    expect(fitPolicy(presetNamed("asc"), [], "it")).toEqual({ policy: presetNamed("asc") });
  });

  it("gives a tuned policy no confidence that it was not tuned with", () => {
    const tuned = {
      method: "conformal",
      risk: "disagreement",
      epsilon: 0.1,
      maxSamples: 8,
      data: { file: "f", digest: "d", questions: 100 },
      parameter: "stop.beta.level",
      level: 0.9,
    } as const;
    const own = { elicitor: "special-token", calibrator: { form: "identity" } } as const;
    const counting = { ...presetNamed("quorate"), tuned };
    expect(fitPolicy(counting, ["special-token"], "it", own).policy).toEqual(counting);
    const reading = { ...presetNamed("grace-es"), tuned };
    expect(fitPolicy(reading, ["special-token"], "it").policy.tuned).toEqual(tuned);
    expect(fitPolicy(reading, ["recorded"], "it").policy).not.toHaveProperty("tuned");
  });

  it("lets a recorded confidence stand in, and says so", () => {
    const { policy, note } = fitPolicy(presetNamed("grace-es"), ["recorded"], "traces.jsonl");
    expect(policy.confidence?.elicitor).toBe("recorded");
    expect(note).toContain("traces.jsonl has no special-token");
  });

  describe("where samples are asked about", () => {
    const asking = (elicitor: string, options = {}) => ({
      ...presetNamed("cisc"),
      confidence: { elicitor, options, calibrator: { form: "identity" } as const },
    });
    const able = { logprobs: true, score: true };
    const fitted = (
      elicitor: string,
      askable: Parameters<typeof fitPolicy>[4],
      options = {},
      signals: "p-true"[] = [],
    ) => fitPolicy(asking(elicitor, options), signals, "it", undefined, askable);

    it("takes what samples bring, else asks whoever can be asked", () => {
      expect(fitted("p-true", {}, {}, ["p-true"]).policy.confidence?.elicitor).toBe("p-true");
      expect(fitted("p-true", { model: able }).policy.confidence?.elicitor).toBe("p-true");
      expect(fitted("linguistic-judge", { judge: { logprobs: false, score: false } })).not.toHaveProperty("note");
    });

    it.each([
      ["linguistic-judge", { model: able }, {}, /--judge PROVIDER:MODEL/],
      ["p-true", {}, {}, /answers nothing new/],
      ["p-true", { model: { ...able, logprobs: false } }, {}, /it shows no log-probabilities/],
      ["p-true", { model: { ...able, score: false } }, { through: "score" }, /--scoring/],
      ["surrogate", { judge: { ...able, score: false } }, {}, /--judge-scoring/],
      ["p-true", { model: able }, { labels: "maybe" }, /confidence\.options\.labels/],
    ])("refuses %s of %j", (elicitor, askable, options, message) => {
      expect(() => fitted(elicitor, askable, options)).toThrowError(message);
    });
  });

  it("refuses what cannot work, before a cent is spent", () => {
    expect(() => fitPolicy(presetNamed("grace-es"), ["mean-logprob"], "openai:x")).toThrowError(/brings: mean-logprob/);
    expect(() => fitPolicy(presetNamed("grace-es"), [], "openai:x")).toThrowError(/asc, esc, sc/);
  });
});
