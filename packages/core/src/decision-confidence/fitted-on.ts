import { z } from "zod";

/** Where a fit comes from. Told by whoever fits: nothing here reads files or clocks. */
export const fitSourceSchema = z.strictObject({
  file: z.string().min(1),
  /** SHA-256 of the file, hexadecimal. */
  digest: z.string().min(1),
  /** The day of the fit, as 2025-01-31. */
  date: z.iso.date(),
});

export type FitSource = z.infer<typeof fitSourceSchema>;

/** The source and how much was in it. */
export const fittedOnSchema = fitSourceSchema.extend({
  count: z.int().min(1),
  /** Right answers among them. */
  right: z.int().min(0),
});
