import { presetNamed, type Reading, type Signals, setParameter } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { ballotOf } from "./ballot-of.ts";
import { elicitorFor, elicitorNamed, elicitors } from "./elicitors/registry.ts";
import { signalsFrom } from "./elicitors/signals-from.ts";
import { withSignal } from "./elicitors/with-signal.ts";
import { estimatorFor } from "./estimator.ts";
import { fitPolicy } from "./fit-policy.ts";

describe("elicitors", () => {
  it.each(elicitors)("$name reads its signal, and says when it is absent or censored", (elicitor) => {
    const signal = (reading: Reading): Signals => ({ [elicitor.needs]: reading });
    expect(elicitor.score(signal(-0.5))).not.toBeUndefined();
    expect(elicitor.score(signal("censored"))).toBe("censored");
    expect(elicitor.score({})).toBeUndefined();
  });

  it("token-probability is the geometric mean", () => {
    expect(elicitorNamed("token-probability").score({ "mean-logprob": Math.log(0.25) })).toBeCloseTo(0.25, 12);
    expect(elicitorNamed("sequence-likelihood").score({ "sequence-logprob": Math.log(0.25) })).toBeCloseTo(0.25, 12);
    expect(elicitorNamed("sequence-likelihood").score({ "sequence-logprob": "censored" })).toBe("censored");
  });

  it("an unknown one is an error that lists the known ones", () => {
    expect(() => elicitorNamed("vibes")).toThrowError(
      /p-true, recorded, self-certainty, sequence-likelihood, special-token, surrogate, token-probability/,
    );
  });
});

describe("a policy's elicitor", () => {
  const calibrator = { form: "raw" } as const;

  it("has the window that the policy says, where it looks at groups", () => {
    expect(elicitorFor({ elicitor: "group-lowest", calibrator }).needs).toBe("group-lowest@2048");
    expect(elicitorFor({ elicitor: "group-tail", window: 64, calibrator }).needs).toBe("group-tail@64");
    expect(() => elicitorFor({ elicitor: "recorded", window: 64, calibrator })).toThrowError(/no `window`.*group-tail/);
    const set = setParameter(presetNamed("deepconf-low"), "confidence.window=64");
    expect(elicitorFor(set.confidence!).needs).toBe("group-lowest@64");
  });

  it("without an upper end is not calibrated as a probability", () => {
    for (const form of [
      { form: "identity" },
      { form: "temperature", temperature: 1, clip: 1e-6 },
      { form: "platt", on: "logit", slope: 1, intercept: 0, clip: 1e-6 },
    ] as const) {
      expect(() => elicitorFor({ elicitor: "self-certainty", calibrator: form })).toThrowError(/no upper end.*raw/);
    }
    const platt = { form: "platt", on: "score", slope: 0.5, intercept: -4, clip: 1e-6 } as const;
    const table = { form: "table", points: [[5, 0.2] as [number, number], [15, 0.8] as [number, number]] } as const;
    const confidence = (calibrator: typeof platt | { readonly form: "table"; points: [number, number][] }) =>
      estimatorFor({ confidence: { elicitor: "group-mean", calibrator } });
    expect(confidence(platt)({ "group-mean": 8 })).toBeCloseTo(0.5, 12);
    expect(confidence({ ...table, points: [...table.points] })({ "group-mean": 10 })).toBeCloseTo(0.5, 12);
    expect(estimatorFor({ confidence: { elicitor: "group-mean", calibrator } })({ "group-mean": 10 })).toBe(10);
  });

  it("is none that needs the other samples", () => {
    expect(() => elicitorNamed("consistency")).toThrowError(/in a vote would count the votes twice/);
  });
});

describe("withSignal", () => {
  const extraction = { kind: "answer", answer: "7" } as const;
  const question = { kind: "number" } as const;
  const stated = { signals: {}, extraction, text: "ANSWER: 7\nCONFIDENCE: 90" };

  it("adds what the elicitor measures, and keeps what is there", () => {
    const verbal = elicitorNamed("verbal-numeric");
    expect(withSignal(stated, verbal, question)).toEqual({ ...stated, signals: { "verbal-numeric": 0.9 } });
    const measured = { ...stated, signals: { "verbal-numeric": 0.2, recorded: 1 } };
    expect(withSignal(measured, verbal, question)).toBe(measured);
    const silent = { ...stated, text: "ANSWER: 7" };
    expect(withSignal(silent, verbal, question)).toBe(silent);
  });

  it("adds nothing for an elicitor that cannot be measured here, or none", () => {
    expect(withSignal(stated, elicitorNamed("special-token"), question)).toBe(stated);
    expect(withSignal(stated, undefined, question)).toBe(stated);
  });

  it("adds the distribution over options", () => {
    const tokens = [
      {
        token: "B",
        logprob: Math.log(0.6),
        top: [
          { token: "B", logprob: Math.log(0.6) },
          { token: "A", logprob: Math.log(0.2) },
        ],
      },
    ];
    const sample = { signals: {}, extraction: { kind: "answer", answer: "B" } as const, tokens };
    const { signals, distribution } = withSignal<Parameters<typeof withSignal>[0]>(sample, elicitorNamed("internal"), {
      kind: "choice",
      options: ["x", "y"],
    });
    expect(signals.internal).toBeCloseTo(0.75, 12);
    expect(distribution?.map(({ answer }) => answer)).toEqual(["A", "B"]);
  });
});

describe("signalsFrom", () => {
  const shows = { text: true, tokens: true, topLogprobs: 20 };

  it("adds what can be measured in what is shown", () => {
    expect(signalsFrom({ signals: ["mean-logprob"] })).toEqual(["mean-logprob", "linguistic", "verbal-numeric"]);
    const all = signalsFrom({ signals: [], shows });
    expect(all).toEqual(expect.arrayContaining(["internal", "group-lowest@2048", "mean-token-probability"]));
    expect(all).not.toContain("special-token");
    const few = signalsFrom({ signals: [], shows: { ...shows, topLogprobs: 4 } });
    expect(few).toContain("internal");
    expect(few).not.toContain("mean-entropy");
    expect(signalsFrom({ signals: [], shows: { text: false, tokens: false, topLogprobs: 20 } })).toEqual([]);
  });

  it("knows the window that is wanted", () => {
    const wanted = { elicitor: "group-tail", window: 16, calibrator: { form: "raw" } } as const;
    expect(signalsFrom({ signals: [], shows }, wanted)).toContain("group-tail@16");
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

  it("refuses what cannot be measured, says what it takes and what works instead", () => {
    const available = signalsFrom({
      signals: ["mean-logprob", "sequence-logprob"],
      shows: { text: true, tokens: true, topLogprobs: 0 },
    });
    const fit = (name: string) => () => fitPolicy(presetNamed(name), available, "openai:x");
    expect(fit("deepconf-low")).toThrowError(
      /group-lowest@2048 \(elicitor group-lowest: it takes at least 5 of the likeliest tokens at each place\).*Set confidence\.elicitor to one of: answer-probability, linguistic, .*token-probability, verbal-numeric/,
    );
    const instead = setParameter(presetNamed("deepconf-low"), "confidence.elicitor=token-probability");
    expect(fitPolicy(instead, available, "openai:x").policy).toEqual(instead);
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
