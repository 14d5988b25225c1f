import { z } from "zod";
import { defineForm } from "./form.ts";

/** Scores that are probabilities already; what lies outside [0,1] is moved to its end. */
export const identity = defineForm({
  schema: z.strictObject({ form: z.literal("identity") }),
  build: () => (score) => Math.min(1, Math.max(0, score)),
});
