import { z } from "zod";
import { ruleDefinitions, ruleNamed } from "./registry.ts";
import type { RuleSpec } from "./rule.ts";

/** A rule and its parameters: defaults are filled in, unknown names are refused with the known ones. */
export const ruleSpecSchema: z.ZodType<RuleSpec> = z
  .looseObject({ rule: z.string() })
  .transform((input, context): RuleSpec => {
    const definition = ruleNamed(input.rule);
    if (definition === undefined) {
      const known = ruleDefinitions.map(({ name }) => name).join(", ");
      context.addIssue({
        code: "custom",
        path: ["rule"],
        message: `unknown stopping rule "${input.rule}", known: ${known}`,
      });
      return z.NEVER;
    }
    const { rule, ...parameters } = input;
    const parsed = definition.parameters(ruleSpecSchema).safeParse(parameters);
    if (parsed.success) return { rule, ...parsed.data };
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: "custom", path, message });
    return z.NEVER;
  });
