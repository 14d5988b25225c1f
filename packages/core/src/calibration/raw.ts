import { z } from "zod";
import { defineForm } from "./form.ts";

/**
 * The elicitor's own score as it is, for scores without an upper end. It is no probability: only weightings that compare
 * votes with each other may read it, and no rule sees it.
 */
export const raw = defineForm({
  schema: z.strictObject({ form: z.literal("raw") }),
  build: () => (score) => score,
});
