import { z } from "zod";
import { calibratorSpecSchema } from "../calibration/registry.ts";
import { decisionConfidenceSchema } from "../decision-confidence/decision-confidence.ts";
import { QuorateError } from "../errors.ts";
import { needsOf } from "../stopping/registry.ts";
import { ruleSpecSchema } from "../stopping/spec.ts";
import { weightingDefinitions, weightingNamed } from "../weighting/registry.ts";
import { weightingSpecSchema } from "../weighting/spec.ts";
import { tunedSchema } from "./tuned.ts";

/**
 * A policy as plain data. `confidence` names where a vote's confidence comes from, or is null where votes have none:
 * then a decision has support and no confidence.
 */
export const policySchema = z
  .strictObject({
    version: z.literal(1).default(1),
    name: z.string().min(1).max(80),
    confidence: z
      .strictObject({
        elicitor: z.string().min(1),
        /** Tokens in a group, for elicitors that look at groups of them; absent: the elicitor's own. */
        window: z.int().min(1).max(999_999_999).optional(),
        /** The elicitor's own, which checks them. */
        options: z.record(z.string(), z.unknown()).optional(),
        calibrator: calibratorSpecSchema.default({ form: "identity" }),
      })
      .nullable()
      .default(null),
    weighting: weightingSpecSchema.default({ form: "count" }),
    stop: ruleSpecSchema,
    /** Present where a level was chosen for a bound on the risk; any other change to the policy takes it away. */
    tuned: tunedSchema.optional(),
    /** P(right) of a decision, where it was fitted to this policy's decisions; any other change takes it away too. */
    decisionConfidence: decisionConfidenceSchema.optional(),
    /** Answers whose P(right) is below this are kept and marked as abstained. In (0,1]. */
    abstainBelow: z.number().gt(0).max(1).optional(),
  })
  .superRefine((policy, context) => {
    const needing = [
      ...(needsOf(policy.stop).has("confidence") ? [`stopping rule "${policy.stop.rule}"`] : []),
      ...(weightingNamed(policy.weighting.form)?.needsConfidence ? [`weighting "${policy.weighting.form}"`] : []),
    ];
    if (needing.length > 0 && policy.confidence === null) {
      const message = `${needing.join(" and ")} needs a confidence: name its source with confidence.elicitor`;
      context.addIssue({ code: "custom", path: ["confidence"], message });
    }
    const form = policy.confidence?.calibrator.form;
    const weighting = weightingNamed(policy.weighting.form);
    if (form === "raw") {
      const reading = [
        ...(needsOf(policy.stop).has("confidence") ? [`stopping rule "${policy.stop.rule}"`] : []),
        ...(weighting?.takesRawScores === false ? [`weighting "${policy.weighting.form}"`] : []),
      ];
      if (reading.length > 0) {
        const message = `${reading.join(" and ")} reads probabilities, which raw scores are not: calibrate them, or compare votes with each other (${comparing()})`;
        context.addIssue({ code: "custom", path: ["confidence", "calibrator"], message });
      }
    } else if (weighting?.needsRawConfidence && form !== undefined && form !== "identity") {
      const message = `weighting "${policy.weighting.form}" reads the elicitor's own number: calibrated, it means something else`;
      context.addIssue({ code: "custom", path: ["confidence", "calibrator"], message });
    }
    if (policy.abstainBelow !== undefined && policy.decisionConfidence === undefined) {
      const message =
        "P(right) of a decision must be known to abstain by it: fit one with `quorate calibrate --decision`";
      context.addIssue({ code: "custom", path: ["abstainBelow"], message });
    }
    if (policy.weighting.allowNegative === true && needsOf(policy.stop).has("non-negative weights")) {
      const message = "a share of weights has no meaning when weights may be negative";
      context.addIssue({ code: "custom", path: ["weighting", "allowNegative"], message });
    }
  });

function comparing(): string {
  return weightingDefinitions
    .filter(({ needsConfidence, takesRawScores }) => needsConfidence && takesRawScores)
    .map(({ name }) => name)
    .join(", ");
}

export type Policy = z.infer<typeof policySchema>;

/** Validates a policy from outside. @throws QuorateError `bad-policy` naming each wrong field */
export function parsePolicy(input: unknown, source = "policy"): Policy {
  const parsed = policySchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "(whole)"}: ${issue.message}`);
  throw new QuorateError({
    code: "bad-policy",
    what: `The ${source} is not valid. ${problems.join("; ")}.`,
    hint: "docs/policies.md lists the rules, their parameters and their ranges.",
  });
}
