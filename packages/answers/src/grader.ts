import { type Answer, type Extraction, type Question, QuorateError } from "@quorate/core";
import { choiceReader } from "./choice.ts";
import type { CustomGrader } from "./custom.ts";
import { lastAnswerLine } from "./explicit-forms.ts";
import { canonicalJson, defaultField, readJson } from "./json.ts";
import { lastNumber } from "./last-number.ts";
import { candidateLength } from "./limits.ts";
import { canonicalMath, lastFormula, readMath } from "./math.ts";
import { canonicalNumber, readNumber } from "./number.ts";
import { patternReader } from "./pattern.ts";
import { readResponse } from "./read-response.ts";
import { abstain, found, type Reading, toExtraction } from "./reading.ts";
import { afterReasoning } from "./reasoning.ts";
import { response } from "./response.ts";
import { canonicalText } from "./text.ts";
import { textReader } from "./text-reader.ts";
import { withoutStatedConfidence } from "./without-stated-confidence.ts";

/** Finds the answer in a response and brings it into canonical form, in which equal answers are equal strings. */
export interface Grader {
  /** From a response to its answer. Never throws, and stays under 50 ms for a megabyte. */
  extract(text: string): Extraction;
  /** A gold or recorded answer in the same form as extracted ones. Canonical answers stay as they are. */
  canonical(answer: string): Answer;
  /** Of custom graders only: two canonical answers that count as one. An equivalence relation. */
  equal?(a: Answer, b: Answer): boolean;
  /** A recorded answer counts as it is: it is canonical already, or nobody says anew where to find it. */
  readonly keepsRecorded: boolean;
}

export interface GraderSettings {
  /** For `pattern`: RE2 syntax; the last match counts, and of it the first group if it has one. */
  readonly pattern?: string;
  /**
   * For `json`: where the answer is; dots lead into objects.
   * @default "answer"
   */
  readonly field?: string;
  /** For `custom`. */
  readonly custom?: CustomGrader;
}

const number: Grader = {
  extract: (text) =>
    readResponse(text, {
      read: (candidate) => readNumber(candidate.text),
      fallback: (whole) => lastNumber(whole.text),
    }),
  canonical: canonicalNumber,
  keepsRecorded: false,
};
const math: Grader = {
  extract: (text) => readResponse(text, { read: readMath, fallback: lastFormula }),
  canonical: canonicalMath,
  keepsRecorded: false,
};
const text: Grader = {
  extract: (response) => readResponse(response, textReader),
  canonical: canonicalText,
  keepsRecorded: false,
};
const exact: Grader = {
  extract: (text) => read(text, readExact),
  canonical: (answer) => answer.trim(),
  keepsRecorded: true,
};
const json: Grader = { ...jsonGrader(defaultField), keepsRecorded: true };

/**
 * The grader of a question. Cheap enough to call for every one.
 *
 * @throws QuorateError `bad-option` for `pattern` without a pattern and `custom` without a custom grader
 */
export function graderFor(question: Pick<Question, "kind" | "options">, settings: GraderSettings = {}): Grader {
  switch (question.kind) {
    case "number":
      return number;
    case "math":
      return math;
    case "text":
      return text;
    case "exact":
      return exact;
    case "choice":
      return choiceGrader(question.options);
    case "json":
      return settings.field === undefined ? json : jsonGrader(settings.field);
    case "pattern":
      return patternGrader(settings.pattern);
    case "custom":
      return customGrader(settings.custom);
  }
}

const anyChoice = newChoiceGrader(undefined);

function choiceGrader(options: readonly string[] | undefined): Grader {
  return options === undefined || options.length === 0 ? anyChoice : newChoiceGrader(options);
}

function newChoiceGrader(options: readonly string[] | undefined): Grader {
  const reader = choiceReader(options);
  return { extract: (text) => readResponse(text, reader), canonical: reader.canonical, keepsRecorded: false };
}

function jsonGrader(field: string): Grader {
  return {
    extract: (text) => read(text, (body) => readJson(body, field)),
    canonical: canonicalJson,
    keepsRecorded: false,
  };
}

let lastPattern: { readonly pattern: string | undefined; readonly grader: Grader } | undefined;

/** Questions of one run share their pattern, so the last one is kept compiled. */
function patternGrader(pattern: string | undefined): Grader {
  if (lastPattern?.pattern !== pattern || lastPattern === undefined) {
    const reader = patternReader(pattern);
    const grader: Grader = { extract: (text) => read(text, reader), canonical: canonicalText, keepsRecorded: false };
    lastPattern = { pattern, grader };
  }
  return lastPattern.grader;
}

function customGrader(custom: CustomGrader | undefined): Grader {
  if (custom === undefined) {
    const hint = "Load it with `loadCustomGrader(path)`.";
    throw new QuorateError({ code: "bad-option", what: "Answers of kind `custom` need a custom grader.", hint });
  }
  const { equal } = custom;
  return {
    extract(text) {
      try {
        const answer: unknown = custom.extract(text);
        return typeof answer === "string" && answer.trim() !== ""
          ? { kind: "answer", answer: answer.trim() }
          : abstain();
      } catch {
        return abstain();
      }
    },
    canonical: (answer) => answer.trim(),
    keepsRecorded: false,
    ...(equal && { equal: (a: Answer, b: Answer) => a === b || holds(() => equal.call(custom, a, b)) }),
  };
}

function holds(test: () => boolean): boolean {
  try {
    return test() === true;
  } catch {
    return false;
  }
}

function read(text: string, reader: (body: string) => Reading): Extraction {
  const body = afterReasoning(text);
  if (body === undefined) return abstain();
  if (body.trim() === "") return abstain(text.trim() === "" ? "empty" : "no-answer");
  return toExtraction(reader(body));
}

function readExact(said: string): Reading {
  const body = withoutStatedConfidence(said);
  if (body.trim() === "") return "nothing";
  const line = lastAnswerLine(response(body));
  return found(line === undefined || line.length > candidateLength ? body.trim() : line);
}
