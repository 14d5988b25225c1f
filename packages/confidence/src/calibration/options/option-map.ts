import { z } from "zod";
import { softmax } from "../../numerics/softmax.ts";

const finite = z.array(z.number()).min(2);

/**
 * From the logits of a question's options to calibrated probabilities: softmax of g/T, of scale · g + shift option by
 * option, or of a whole matrix (Guo et al. 2017). Only the temperature keeps the model's answer in every case.
 */
export const optionMapSchema = z.discriminatedUnion("form", [
  z.strictObject({ form: z.literal("temperature"), temperature: z.number().positive() }),
  z
    .strictObject({ form: z.literal("vector"), scale: finite, shift: finite })
    .refine(({ scale, shift }) => scale.length === shift.length, { message: "scale and shift differ in length" }),
  z
    .strictObject({ form: z.literal("matrix"), matrix: z.array(finite), shift: finite })
    .refine(({ matrix, shift }) => [matrix, ...matrix].every(({ length }) => length === shift.length), {
      message: "the matrix is not square, or does not fit the shift",
    }),
]);

export type OptionMap = z.infer<typeof optionMapSchema>;

/** @param logits log-probabilities will do: what all options share falls out */
export function optionProbabilities(map: OptionMap, logits: ArrayLike<number>): Float64Array {
  switch (map.form) {
    case "temperature":
      return softmax(Float64Array.from(logits, (logit) => logit / map.temperature));
    case "vector":
      return softmax(Float64Array.from(logits, (logit, option) => map.scale[option]! * logit + map.shift[option]!));
    case "matrix":
      return softmax(
        map.matrix.map((row, option) => row.reduce((sum, w, i) => sum + w * logits[i]!, map.shift[option]!)),
      );
  }
}
