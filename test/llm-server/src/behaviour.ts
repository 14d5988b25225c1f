import { z } from "zod";
import { faultRuleSchema } from "./fault-rule.ts";

const answer = z.string().nullable();

const weightedAnswer = z.strictObject({
  /** `null`: a response without an answer. */
  answer,
  probability: z.number().min(0).max(1),
  /** A template for the whole response: `{answer}`, `{thoughts}` and `{confidence}` are filled in. */
  text: z.string().optional(),
});

const scriptedAnswer = z.union([answer, z.strictObject({ answer, text: z.string().optional() })]);

const answersSchema = z
  .array(weightedAnswer)
  .min(1)
  .refine((answers) => answers.reduce((sum, { probability }) => sum + probability, 0) <= 1 + 1e-9, {
    message: "Expected the probabilities of `answers` to sum to at most 1",
  });

const defaultBehaviourSchema = z.strictObject({
  /** What is left of the probability goes to responses without an answer. */
  answers: answersSchema.optional(),
  /** The answer by sample number; past the end `answers` take over, or the script starts again without them. */
  scripted: z.array(scriptedAnswer).min(1).optional(),
  /** 0 is always right, 1 is guessing; for prompts without `answers`. From a hash of the prompt when absent. */
  difficulty: z.number().min(0).max(1).optional(),
  /**
   * `line`: the response ends in `ANSWER: 42`; `json`: in `{"answer":"42"}`; `letter`: as `line`, and the answers
   * invented for unknown prompts are A to D. A request for a JSON `response_format` gets one JSON object whatever this says.
   */
  format: z.enum(["line", "json", "letter"]).optional(),
  text: z.string().optional(),
  /** Length of the reasoning before the answer, log-normal. */
  tokens: z.strictObject({ median: z.number().min(0), sigma: z.number().min(0).default(0.4) }).optional(),
});

const questionBehaviourSchema = defaultBehaviourSchema.extend({
  /** Found in the prompt, all of them for a list. The longest key that is found wins. */
  key: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  /** Only for requests to this model. */
  model: z.string().optional(),
});

/** What the server answers to which prompt. */
export const behaviourSchema = z.strictObject({
  default: defaultBehaviourSchema.default({}),
  questions: z.array(questionBehaviourSchema).default([]),
  faults: z.array(faultRuleSchema).default([]),
});

export type Behaviour = z.output<typeof behaviourSchema>;
export type DefaultBehaviour = z.output<typeof defaultBehaviourSchema>;
export type QuestionBehaviour = z.output<typeof questionBehaviourSchema>;
