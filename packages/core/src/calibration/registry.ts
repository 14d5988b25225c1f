import { z } from "zod";
import { beta } from "./beta.ts";
import type { Calibrator, CalibratorForm } from "./form.ts";
import { identity } from "./identity.ts";
import { platt } from "./platt.ts";
import { raw } from "./raw.ts";
import { steps } from "./steps.ts";
import { table } from "./table.ts";
import { temperature } from "./temperature.ts";

/** Every form of calibrator there is. A new one is a file, its test and a line here. */
const forms = [beta, identity, platt, raw, steps, table, temperature] as const;

type SchemasOf<Forms extends readonly CalibratorForm<z.ZodObject>[]> = {
  -readonly [Place in keyof Forms]: Forms[Place]["schema"];
};

/** How raw scores become confidence. Fitted by `@quorate/confidence`. */
export const calibratorSpecSchema = z.discriminatedUnion(
  "form",
  forms.map(({ schema }) => schema) as unknown as SchemasOf<typeof forms>,
);

export type CalibratorSpec = z.infer<typeof calibratorSpecSchema>;

const byName = new Map<string, { readonly build: (spec: never) => Calibrator }>(
  forms.map((form) => [form.schema.shape.form.value, form]),
);

export function buildCalibrator(spec: CalibratorSpec): Calibrator {
  return byName.get(spec.form)!.build(spec as never);
}
