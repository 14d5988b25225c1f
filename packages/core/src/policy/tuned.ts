import { z } from "zod";

/** What a bound is about: another answer than the full vote's, or errors that the full vote would not have made. */
export const risks = ["disagreement", "excess-error"] as const;
export type Risk = (typeof risks)[number];

export const tuningMethods = ["learn-then-test", "conformal"] as const;
export type TuningMethod = (typeof tuningMethods)[number];

/**
 * How a policy got its level, and what that promises: with probability 1 − δ over the calibration questions (`method`
 * learn-then-test), or on average over them (conformal), the risk on questions of the same kind is at most ε. The promise
 * is about a full vote of `maxSamples` and about nothing else.
 */
export const tunedSchema = z.strictObject({
  method: z.enum(tuningMethods),
  risk: z.enum(risks),
  /** Bound on the risk, in (0,1). */
  epsilon: z.number().gt(0).lt(1),
  /** Chance that the bound does not hold, in (0,1); a conformal bound has none. */
  delta: z.number().gt(0).lt(1).optional(),
  maxSamples: z.int().min(1),
  data: z.strictObject({
    file: z.string().min(1),
    /** SHA-256 of the calibration file, hexadecimal. */
    digest: z.string().min(1),
    questions: z.int().min(1),
  }),
  /** The parameter that was chosen and the value found, as `--set` would write them. */
  parameter: z.string().min(1),
  level: z.number(),
});

export type Tuned = z.infer<typeof tunedSchema>;

export const certificateOf = ({ method }: Tuned) => (method === "conformal" ? "conformal" : "risk-controlled");
