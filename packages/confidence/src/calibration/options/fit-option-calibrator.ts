import { type FitSource, fitSourceSchema, QuorateError } from "@quorate/core";
import { z } from "zod";
import { perParameter } from "../method.ts";
import { parseDocument } from "../parse-document.ts";
import { type Agreement, agreementsAmong, type OptionLogits } from "./agreement.ts";
import { alignAffine } from "./align-affine.ts";
import { alignTemperature } from "./align-temperature.ts";
import { type OptionMap, optionMapSchema } from "./option-map.ts";

/** A map of option logits with where it comes from, as a file of its own. */
const optionCalibratorSchema = z.strictObject({
  version: z.literal(1),
  method: z.literal("daca"),
  map: optionMapSchema,
  fittedOn: fitSourceSchema.extend({
    questions: z.int().min(1),
    /** Those where both stages named the same option: the fit rests on these alone. */
    agreements: z.int().min(1),
  }),
});

export type OptionCalibrator = z.infer<typeof optionCalibratorSchema>;

/** @throws QuorateError `bad-input` naming each wrong field */
export function parseOptionCalibrator(input: unknown): OptionCalibrator {
  return parseDocument(optionCalibratorSchema, input, "option calibrator");
}

export interface OptionFitOptions extends FitSource {
  /** @default "temperature" */
  readonly form?: OptionMap["form"];
  /** Pull of vector and matrix towards the identity. @default 0.001 */
  readonly ridge?: number;
}

/**
 * DACA (arXiv 2505.16690): calibrates a post-trained model's option probabilities without labels, by drawing them to the
 * pre-trained model's where both name the same option. Agreement is judged before the map; the paper judges it after,
 * which is the same for a temperature, and lets a vector or matrix escape its loss by disagreeing.
 *
 * @throws QuorateError `bad-input` for logits that are no numbers, options that differ in number where the form is no
 * temperature, or too few agreements
 */
export function fitOptionCalibrator(
  questions: readonly OptionLogits[],
  { form = "temperature", ridge = 0.001, file, digest, date }: OptionFitOptions,
): OptionCalibrator {
  questions.forEach(check);
  const agreements = agreementsAmong(questions);
  refuseTooFew(agreements, form, questions.length);
  const map: OptionMap =
    form === "temperature" ? { form, temperature: alignTemperature(agreements) } : alignAffine(agreements, form, ridge);
  return {
    version: 1,
    method: "daca",
    map,
    fittedOn: { file, digest, date, questions: questions.length, agreements: agreements.length },
  };
}

function check({ preTrained, postTrained }: OptionLogits, question: number): void {
  if (preTrained.length === postTrained.length && [...preTrained, ...postTrained].every(Number.isFinite)) return;
  throw new QuorateError({
    code: "bad-input",
    what: `The option logits of question ${question} cannot be read.`,
    expected: "as many finite numbers before post-training as after",
    hint: "Leave out questions where the server hid an option's log-probability.",
  });
}

function refuseTooFew(agreements: readonly Agreement[], form: OptionMap["form"], questions: number): void {
  const options = agreements[0]?.logits.length ?? 0;
  if (form !== "temperature" && agreements.some(({ logits }) => logits.length !== options)) {
    throw new QuorateError({
      code: "bad-input",
      what: `A ${form} needs the same options in every question.`,
      hint: "A temperature does not.",
    });
  }
  const parameters = { temperature: 1, vector: 2 * options, matrix: options * (options + 1) }[form];
  if (agreements.length > 0 && agreements.length >= parameters * perParameter) return;
  throw new QuorateError({
    code: "bad-input",
    what: `There is too little data to fit a ${form} by agreement.`,
    seen: `${agreements.length} questions of ${questions} where both stages name the same option`,
    expected: `at least ${Math.max(1, parameters) * perParameter}`,
  });
}
