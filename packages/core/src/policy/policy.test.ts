import { describe, expect, it } from "vitest";
import { isQuorateError } from "../errors.ts";
import { compilePolicy } from "./compile.ts";
import { presetNamed, presets } from "./presets.ts";
import { parsePolicy } from "./schema.ts";
import { setParameter } from "./set.ts";

describe("presets", () => {
  it.each(presets.map(({ name }) => name))("%s is valid, compiles and survives JSON", (name) => {
    const policy = presetNamed(name);
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    expect(compilePolicy(policy).calibrated).toBe(policy.confidence !== null && !name.startsWith("deepconf"));
    expect(policy.name).toBe(name);
  });

  it("an unknown name is an error that lists the known ones", () => {
    expect(() => presetNamed("asc2")).toThrowError(/There is no policy "asc2".*quorate, sc, asc/);
  });
});

describe("a policy from outside", () => {
  it("needs a confidence where a part of it reads one", () => {
    expect(() => parsePolicy({ name: "x", stop: { rule: "threshold" } })).toThrowError(/confidence.elicitor/);
    expect(() => parsePolicy({ name: "x", weighting: { form: "linear" }, stop: { rule: "fixed" } })).toThrowError(
      /weighting "linear" needs a confidence/,
    );
  });

  it("may not take a share of negative weights", () => {
    const policy = {
      name: "x",
      confidence: { elicitor: "recorded" },
      weighting: { form: "log-odds", allowNegative: true },
      stop: { rule: "share" },
    };
    expect(() => parsePolicy(policy)).toThrowError(/allowNegative/);
    expect(parsePolicy({ ...policy, stop: { rule: "fixed" } }).weighting).toMatchObject({ allowNegative: true });
  });

  it("may not take a share of a density ratio that goes below 0", () => {
    const weighting = { form: "density-ratio", points: [[0.5, -1]], allowNegative: true };
    const policy = { name: "x", confidence: { elicitor: "recorded" }, weighting, stop: { rule: "share" } };
    expect(() => parsePolicy(policy)).toThrowError(/allowNegative/);
    expect(parsePolicy({ ...policy, weighting: { ...weighting, allowNegative: false } }).name).toBe("x");
  });

  it("may not add up path probabilities that were calibrated", () => {
    const policy = (calibrator: object) => ({
      name: "x",
      confidence: { elicitor: "sequence-likelihood", calibrator },
      weighting: { form: "distinct-paths" },
      stop: { rule: "fixed" },
    });
    expect(() => parsePolicy(policy({ form: "table", points: [[0, 0.1]] }))).toThrowError(/confidence\.calibrator/);
    expect(parsePolicy(policy({ form: "identity" })).weighting.form).toBe("distinct-paths");
  });

  it("lets raw scores to weightings that compare votes, and to nothing that reads probabilities", () => {
    const policy = (weighting: object, stop: object = { rule: "fixed" }) => ({
      name: "x",
      confidence: { elicitor: "group-lowest", calibrator: { form: "raw" } },
      weighting,
      stop,
    });
    for (const form of ["borda", "count", "cut-below", "rank-normal", "top-share"]) {
      expect(parsePolicy(policy({ form })).weighting.form).toBe(form);
    }
    for (const form of ["linear", "log-odds", "softmax", "distinct-paths"]) {
      expect(() => parsePolicy(policy({ form }))).toThrowError(
        /reads probabilities.*borda, cut-below, rank-normal, top-share/,
      );
    }
    expect(() => parsePolicy(policy({ form: "borda" }, { rule: "threshold" }))).toThrowError(
      /stopping rule "threshold"/,
    );
  });

  it("names every wrong field, what it is and where to read more", () => {
    const wrong = { name: "", stop: { rule: "beta", level: 2 }, extra: 1 };
    try {
      parsePolicy(wrong, "file p.json");
      expect.unreachable();
    } catch (error) {
      expect(isQuorateError(error) && error.code).toBe("bad-policy");
      expect(String(error)).toMatch(/file p\.json.*name:.*stop\.level:.*extra/s);
    }
  });

  it.each([null, 3, "asc", [], {}])("refuses %j", (input) => {
    expect(() => parsePolicy(input)).toThrowError(/not valid/);
  });
});

describe("setParameter", () => {
  const stopOf = (assignment: string, preset = "asc") => setParameter(presetNamed(preset), assignment).stop;

  it("changes a parameter by its path", () => {
    expect(stopOf("stop.level=0.9")).toEqual({ rule: "beta", level: 0.9 });
    expect(presetNamed("asc").stop).toEqual({ rule: "beta", level: 0.95 });
  });

  it("finds a member of a combined rule by name", () => {
    expect(stopOf("stop.horizon.level=0.99", "quorate")).toMatchObject({
      rules: [{ rule: "curtailed" }, { rule: "horizon", level: 0.99 }, { rule: "gate", level: 0.95 }],
    });
  });

  it("asks which member is meant", () => {
    expect(() => stopOf("stop.level=0.9", "quorate")).toThrowError(/stop\.horizon\.level or stop\.gate\.level/);
  });

  it("starts another rule or weighting from its defaults", () => {
    expect(stopOf("stop.rule=lead")).toEqual({ rule: "lead", margin: 3 });
    expect(setParameter(presetNamed("cisc"), "weighting.form=linear").weighting).toEqual({
      form: "linear",
      missing: 0.5,
    });
  });

  it("starts another form of a rule from its defaults, and keeps the rule", () => {
    expect(stopOf("stop.form=intended", "sprt")).toEqual({
      rule: "sprt",
      form: "intended",
      p1: 0.75,
      alpha: 0.05,
      beta: 0.05,
    });
  });

  it("names a source of confidence where there was none", () => {
    expect(setParameter(presetNamed("quorate"), "confidence.elicitor=recorded").confidence).toEqual({
      elicitor: "recorded",
      calibrator: { form: "identity" },
    });
  });

  it("sets the elicitor's own options, and forgets them with the elicitor", () => {
    const asking = setParameter(presetNamed("cisc"), "confidence.elicitor=p-true");
    const set = setParameter(
      setParameter(asking, "confidence.options.labels=yes-no"),
      "confidence.options.tolerance=0.2",
    );
    expect(set.confidence?.options).toEqual({ labels: "yes-no", tolerance: 0.2 });
    expect(setParameter(set, "confidence.elicitor=recorded").confidence).not.toHaveProperty("options");
  });

  it.each([
    ["stop.level", /name=value/],
    ["=3", /name=value/],
    ["stop.levl=0.9", /levl/],
    ["stop.level=2", /stop\.level/],
    ["stop.level=high", /stop\.level/],
    ["stap.level=0.9", /no "stap".*version, name, confidence, weighting, stop/],
    ["stop.alpha.level=0.9", /no "alpha".*rule, level/],
  ])("refuses %s", (assignment, message) => {
    expect(() => stopOf(assignment)).toThrowError(message);
  });
});
