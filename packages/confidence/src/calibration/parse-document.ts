import { QuorateError } from "@quorate/core";
import type { z } from "zod";

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseDocument<Document>(schema: z.ZodType<Document>, input: unknown, what: string): Document {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "(whole)"}: ${issue.message}`);
  throw new QuorateError({ code: "bad-input", what: `The ${what} is not valid. ${problems.join("; ")}.` });
}
