import { z } from "zod";
import { weightingDefinitions, weightingNamed } from "./registry.ts";
import type { WeightingSpec } from "./weighting.ts";

/** A weighting and its parameters: defaults are filled in, unknown names are refused with the known ones. */
export const weightingSpecSchema: z.ZodType<WeightingSpec> = z
  .looseObject({ form: z.string() })
  .transform((input, context): WeightingSpec => {
    const definition = weightingNamed(input.form);
    if (definition === undefined) {
      const known = weightingDefinitions.map(({ name }) => name).join(", ");
      context.addIssue({
        code: "custom",
        path: ["form"],
        message: `unknown weighting "${input.form}", known: ${known}`,
      });
      return z.NEVER;
    }
    const { form, ...parameters } = input;
    const parsed = definition.parameters.safeParse(parameters);
    if (parsed.success) return { form, ...parsed.data };
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: "custom", path, message });
    return z.NEVER;
  });
