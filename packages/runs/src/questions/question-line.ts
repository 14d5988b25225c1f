import { type AnswerKind, answerKinds, type Message, type Question, QuorateError } from "@quorate/core";
import { z } from "zod";

const text = z.string().min(1);
/** Gold answers and options are often written as plain numbers. */
const scalar = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const questionLineSchema = z.looseObject({
  id: z.union([text, z.number().transform(String)]).nullish(),
  question: text.nullish(),
  messages: z
    .array(z.object({ role: z.enum(["system", "user", "assistant", "developer"]), content: z.string() }))
    .min(1)
    .nullish(),
  kind: z.enum(answerKinds).nullish(),
  options: z.array(scalar).min(2).nullish(),
  gold: scalar.nullish(),
  group: scalar.nullish(),
  category: scalar.nullish(),
});

export interface QuestionDefaults {
  /** Taken when a line names no kind; without it, `choice` for lines with options and `number` for the rest. */
  readonly kind?: AnswerKind;
  /** From our field names to those of the file: `{ question: "prompt", gold: "label" }`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Kinds that the run cannot read answers of, and what it lacks: `{ pattern: "--pattern" }`. */
  readonly lacking?: Readonly<Partial<Record<AnswerKind, string>>>;
}

export interface Place {
  readonly path: string;
  readonly line: number;
}

/** @throws QuorateError `bad-input` naming file, line and field */
export function parseQuestion(input: unknown, defaults: QuestionDefaults, place: Place): Question {
  const parsed = questionLineSchema.safeParse(renamed(input, defaults.fields ?? {}));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field =
      issue?.path.map((name, depth) => (depth === 0 ? nameInFile(String(name), defaults) : name)).join(".") ?? "";
    throw wrongQuestion(place, `${field === "" ? "the line" : `field "${field}"`}: ${issue?.message}`);
  }
  const { id, question, messages, kind, options, gold, group, category } = parsed.data;
  if (isAbsent(question) && isAbsent(messages)) {
    const seen = typeof input === "object" && input !== null ? Object.keys(input).join(", ") : String(input);
    throw wrongQuestion(
      place,
      `neither "${nameInFile("question", defaults)}" nor "${nameInFile("messages", defaults)}" is there (fields seen: ${seen || "none"})`,
      "Map another field name with --map question=NAME.",
    );
  }
  const answerKind = kind ?? defaults.kind ?? (isAbsent(options) ? "number" : "choice");
  requireGradable(answerKind, defaults, place);
  return {
    id: id ?? `line-${place.line}`,
    kind: answerKind,
    ...(!isAbsent(question) && { text: question }),
    ...(!isAbsent(messages) && { messages: messages as readonly Message[] }),
    ...(!isAbsent(options) && { options }),
    ...(!isAbsent(gold) && { gold }),
    ...(!isAbsent(group) && { group }),
    ...(!isAbsent(category) && { category }),
  };
}

function requireGradable(kind: AnswerKind, { lacking }: QuestionDefaults, place: Place): void {
  const option = lacking?.[kind];
  if (option !== undefined) throw wrongQuestion(place, `answers of kind "${kind}" cannot be read without ${option}`);
}

function nameInFile(field: string, { fields }: QuestionDefaults): string {
  return fields?.[field] ?? field;
}

export function wrongQuestion({ path, line }: Place, what: string, hint?: string): QuorateError {
  return new QuorateError({
    code: "bad-input",
    what: `${path}, line ${line}: ${what}.`,
    ...(hint !== undefined && { hint }),
  });
}

function renamed(input: unknown, fields: Readonly<Record<string, string>>): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const line: Record<string, unknown> = { ...input };
  for (const [ours, theirs] of Object.entries(fields)) line[ours] = (input as Record<string, unknown>)[theirs];
  return line;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
