import { QuorateError, type SignalKind } from "@quorate/core";
import type { z } from "zod";
import { type Elicitor, scoreOf } from "./elicitor.ts";
import type { FollowUpElicitor } from "./follow-up.ts";

interface Definition<Schema extends z.ZodType<Readonly<Record<string, unknown>>>> {
  /** Also the signal that it writes. */
  readonly name: SignalKind;
  readonly options: Schema;
  readonly build: (options: z.output<Schema>) => Omit<FollowUpElicitor, "options">;
}

/** An elicitor whose signal is its own number. */
export function followUpElicitor<Schema extends z.ZodType<Readonly<Record<string, unknown>>>>(
  definition: Definition<Schema>,
): Elicitor {
  const { name } = definition;
  return { name, needs: name, score: scoreOf(name), followUp: followUpBuilder(definition) };
}

export function followUpBuilder<Schema extends z.ZodType<Readonly<Record<string, unknown>>>>({
  name,
  options: schema,
  build,
}: Definition<Schema>): (options: unknown) => FollowUpElicitor {
  return (given) => {
    const parsed = schema.safeParse(given ?? {});
    if (parsed.success) return { ...build(parsed.data), options: parsed.data };
    const problems = parsed.error.issues.map(
      ({ path, message }) => `confidence.options${path.map((key) => `.${String(key)}`).join("")}: ${message}`,
    );
    throw new QuorateError({
      code: "bad-policy",
      what: `The options of elicitor ${name} are not valid. ${problems.join("; ")}.`,
      hint: "docs/policies.md lists them.",
    });
  };
}
