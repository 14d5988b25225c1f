import { describe, expect, it } from "vitest";
import { answerProbability } from "../answer-probability.ts";
import { meanTokenProbability } from "../mean-token-probability.ts";
import { answerTokens } from "./answer-tokens.ts";

const tokensOf = (...tokens: string[]) => tokens.map((token, place) => ({ token, logprob: -(place + 1) }));
const found = (answer: string, ...tokens: string[]) =>
  answerTokens(tokensOf(...tokens), answer)?.map(({ logprob }) => -logprob);

describe("the tokens of the answer", () => {
  it("are those after the last word answer", () => {
    expect(found("42", "42", " is no", " ANSWER", ":", " 4", "2", " not 42")).toEqual([5, 6]);
    expect(found("42", "The answer", " is 4", "2", ".")).toEqual([2, 3]);
  });

  it("are the first of a response that begins with it, else the last", () => {
    expect(found("7", "\n7", " since 3 + 4 =", " 7")).toEqual([1]);
    expect(found("7", "3 + 4 =", " 7", ", thus", " 7")).toEqual([4]);
    expect(found("7", "ANSWER is unclear, but 7", " follows: \\boxed{", "7", "}")).toEqual([1]);
  });

  it("are whole words and numbers, for commas between digits and case", () => {
    expect(found("12", "ANSWER:", " 112", " 123", " 12.5", " 1,12", " 12")).toEqual([6]);
    expect(found("1234", "ANSWER:", " 1", ",", "234")).toEqual([2, 3, 4]);
    expect(found("paris", "ANSWER:", " Par", "is")).toEqual([2, 3]);
    expect(found("A", "a choice. ANSWER:", " A")).toEqual([2]);
  });

  it("are not found where the text has another form of it, and no pattern hides in an answer", () => {
    expect(found("1/2", "ANSWER: \\frac{1}{2}")).toBeUndefined();
    expect(found(".*", "ANSWER: 7")).toBeUndefined();
    expect(found("", "ANSWER: 7")).toBeUndefined();
    expect(answerTokens(undefined, "7")).toBeUndefined();
  });
});

describe("answer-probability", () => {
  const read = (logprobs: readonly (number | "censored")[]) => {
    const tokens = ["ANSWER:", " 4", "2"].map((token, place) => ({ token, logprob: logprobs[place]! }));
    return answerProbability.measure!.read(
      { tokens, extraction: { kind: "answer", answer: "42" } },
      { kind: "number" },
    );
  };

  it("is the product over the answer's tokens alone", () => {
    const { reading } = read([-9, Math.log(0.5), Math.log(0.4)]);
    expect(answerProbability.score({ "answer-logprob": reading! })).toBeCloseTo(0.2, 12);
  });

  it("is censored where one of them is, and of no other token", () => {
    expect(read([-1, "censored", -1])).toEqual({ reading: "censored" });
    expect(read(["censored", -1, -1])).toEqual({ reading: -2 });
  });
});

describe("mean-token-probability", () => {
  const read = (...logprobs: (number | "censored")[]) =>
    meanTokenProbability.measure!.read(
      { tokens: logprobs.map((logprob) => ({ token: "t", logprob })), extraction: { kind: "answer", answer: "1" } },
      { kind: "number" },
    ).reading;

  it("is the arithmetic mean, above the geometric one", () => {
    expect(read(Math.log(0.9), Math.log(0.1))).toBeCloseTo(0.5, 12);
    expect(read(Math.log(0.9), Math.log(0.1))).toBeGreaterThan(Math.sqrt(0.9 * 0.1));
  });

  it("is censored where more than a tenth of the tokens is hidden, absent without tokens", () => {
    expect(read(...Array<number>(9).fill(0), "censored")).toBe(1);
    expect(read(...Array<number>(8).fill(0), "censored")).toBe("censored");
    expect(read()).toBeUndefined();
  });
});
