import type { Extraction, FinishReason } from "@quorate/core";
import { describe, expect, it } from "vitest";
import {
  answerClasses,
  distributionOverClasses,
  type GraderSettings,
  graderFor,
  isRight,
  readAnswer,
  recordedGraderFor,
} from "./index.ts";

const answered = (answer: string): Extraction => ({ kind: "answer", answer });
const abstained = (reason: Extract<Extraction, { kind: "abstention" }>["reason"]): Extraction => ({
  kind: "abstention",
  reason,
});
const recorded = answered("recorded");
const custom = { extract: (text: string) => text.split("take ")[1] ?? null };

describe("readAnswer", () => {
  const number = graderFor({ kind: "number" });

  it("reads the text, whatever was recorded", () => {
    expect(readAnswer({ text: "ANSWER: 7", finishReason: "stop" }, number)).toEqual(answered("7"));
    expect(readAnswer({ text: "ANSWER: 7", extraction: recorded }, number)).toEqual(answered("7"));
  });

  it("takes what was recorded where no text was kept, abstentions and refusals too", () => {
    expect(readAnswer({ extraction: recorded }, number)).toEqual(recorded);
    expect(readAnswer({ extraction: recorded, finishReason: "refusal" }, number)).toEqual(recorded);
    expect(readAnswer({ extraction: abstained("failed") }, number)).toEqual(abstained("failed"));
  });

  it.each<[string | undefined, FinishReason, Extraction]>([
    ["ANSWER: 7", "refusal", abstained("refused")],
    ["ANSWER: 7", "content-filter", abstained("refused")],
    ["ANSWER: 7", "length", answered("7")],
    ["I was", "length", abstained("truncated")],
    ["I was", "stop", abstained("no-answer")],
    [" ", "length", abstained("truncated")],
    [" ", "stop", abstained("empty")],
    [undefined, "length", abstained("truncated")],
    [undefined, "stop", abstained("empty")],
  ])("of %j that ended by %s makes %j", (text, finishReason, extraction) =>
    expect(readAnswer({ ...(text !== undefined && { text }), finishReason }, number)).toEqual(extraction),
  );

  it("keeps recorded answers of kind exact: they are canonical", () => {
    const exact = graderFor({ kind: "exact" });
    expect(readAnswer({ text: "ANSWER: 7", extraction: recorded }, exact)).toEqual(recorded);
    expect(readAnswer({ text: "ANSWER: 7" }, exact)).toEqual(answered("7"));
  });

  it.each<[kind: "json" | "pattern" | "custom", settings: GraderSettings, text: string]>([
    ["json", { field: "result" }, '{"answer": 1, "result": 2}'],
    ["pattern", { pattern: "is (\\d)" }, "it is 2"],
    ["custom", { custom }, "take 2"],
  ])("of kind %s keeps what was recorded unless it is told how to read it", (kind, settings, text) => {
    const sample = { text, extraction: recorded };
    expect(readAnswer(sample, recordedGraderFor({ kind }))).toEqual(recorded);
    expect(readAnswer(sample, recordedGraderFor({ kind }, settings))).toEqual(answered("2"));
    expect(readAnswer(sample, graderFor({ kind }, settings))).toEqual(answered("2"));
  });

  it("of json without a field reads `answer` where nothing was recorded", () => {
    expect(readAnswer({ text: '{"answer": 1, "result": 2}' }, graderFor({ kind: "json" }))).toEqual(answered("1"));
  });
});

describe("recordedGraderFor", () => {
  it("is the question's grader wherever there is one", () => {
    expect(recordedGraderFor({ kind: "number" })).toBe(graderFor({ kind: "number" }));
  });

  it.each(["pattern", "custom"] as const)("of kind %s without its setting finds nothing in a text", (kind) => {
    expect(recordedGraderFor({ kind }).extract("7")).toEqual(abstained("no-answer"));
  });
});

describe("answerClasses", () => {
  it("lets the answer seen first stand for all that are equal to it", () => {
    const classOf = answerClasses((a, b) => a.toLowerCase() === b.toLowerCase());
    const given = ["Ten", "nine", "TEN", "ten", "Nine"].map((answer) => classOf(answered(answer)));
    expect(given).toEqual(["Ten", "nine", "Ten", "Ten", "nine"].map(answered));
    expect(classOf(abstained("empty"))).toEqual(abstained("empty"));
  });

  it("changes nothing where equal answers are equal strings", () => {
    const classOf = answerClasses(undefined);
    expect(["a", "A"].map((answer) => classOf(answered(answer)))).toEqual(["a", "A"].map(answered));
  });
});

describe("distributionOverClasses", () => {
  const classOf = answerClasses((a, b) => a.toLowerCase() === b.toLowerCase());

  it("adds up what falls into one class, under the name that class has", () => {
    classOf(answered("Ten"));
    const given = [
      { answer: "TEN", probability: 0.5 },
      { answer: "nine", probability: 0.25 },
      { answer: "ten", probability: 0.125 },
    ];
    expect(distributionOverClasses(given, classOf)).toEqual([
      { answer: "Ten", probability: 0.625 },
      { answer: "nine", probability: 0.25 },
    ]);
  });

  it("never comes to more than one", () => {
    const given = ["one", "One", "ONE"].map((answer) => ({ answer, probability: 0.3335 }));
    expect(distributionOverClasses(given, classOf)).toEqual([{ answer: "one", probability: 1 }]);
  });
});

describe("isRight", () => {
  it("compares in canonical form, the recorded answer's too", () => {
    expect(isRight("1200", "$1,200", graderFor({ kind: "number" }))).toBe(true);
    expect(isRight("1200", "1201", graderFor({ kind: "number" }))).toBe(false);
    const exact = graderFor({ kind: "exact" });
    expect(isRight("A", " A ", exact)).toBe(true);
    expect(isRight(" A ", "A", exact)).toBe(true);
    expect(isRight("a", "A", exact)).toBe(false);
  });

  it("brings gold into the form of its kind without the kind's setting", () => {
    expect(isRight("x9", "X9.", recordedGraderFor({ kind: "pattern" }))).toBe(true);
    expect(isRight('{"a":1}', '{"a": 1.0}', recordedGraderFor({ kind: "json" }))).toBe(true);
    expect(isRight("Ab", " Ab ", recordedGraderFor({ kind: "custom" }))).toBe(true);
    expect(isRight("ab", "Ab", recordedGraderFor({ kind: "custom" }))).toBe(false);
  });

  it("asks a custom grader what is equal", () => {
    const settings = { custom: { ...custom, equal: (a: string, b: string) => Number(a) === Number(b) } };
    const grader = graderFor({ kind: "custom" }, settings);
    expect(isRight("042", "42", grader)).toBe(true);
    expect(isRight("43", "42", grader)).toBe(false);
  });
});
