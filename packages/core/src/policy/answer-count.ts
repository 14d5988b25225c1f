import { QuorateError } from "../errors.ts";
import type { Policy } from "./schema.ts";

/**
 * For policies whose rule must know how many answers are possible. Whoever pays for samples asks this of all questions
 * before the first of them is bought.
 *
 * @param questionId for the message
 * @throws QuorateError `bad-policy`
 */
export function requireAnswerCount(
  policy: Pick<Policy, "name">,
  optionCount: number | undefined,
  questionId?: string,
): void {
  if (optionCount !== undefined) return;
  throw new QuorateError({
    code: "bad-policy",
    what: `Policy "${policy.name}" must know how many answers are possible, and ${questionId === undefined ? "a question" : `question "${questionId}"`} lists no options.`,
    hint: "Say it with the rule's parameter `answers` (--set stop.answers=4), or ask questions that list their options.",
  });
}
