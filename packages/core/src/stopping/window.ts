import { z } from "zod";
import type { Answer } from "../answer.ts";
import { defineRule, notBefore } from "./rule.ts";

interface Window {
  /** Samples in the current window. */
  readonly filled: number;
  /** The one answer of the window so far; null once it is broken. */
  readonly answer: Answer | undefined | null;
}

/**
 * Early-Stopping Self-Consistency (Li et al. 2401.10480): samples fall into windows that do not overlap; the first
 * unanimous window decides, with its own answer. An abstention breaks a window.
 */
export const window = defineRule({
  name: "window",
  parameters: () => z.strictObject({ size: z.int().min(2).default(5) }),
  sweep: { parameter: "size", values: [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20], strictness: "ascending" },
  create: ({ size }) => ({
    init: (): Window => ({ filled: 0, answer: undefined }),
    observe(current, sample) {
      const { filled, answer } = current.filled === size ? { filled: 0, answer: undefined } : current;
      const given = sample.kind === "vote" ? sample.answer : null;
      return { filled: filled + 1, answer: filled === 0 || answer === given ? given : null };
    },
    verdict({ filled, answer }, _, left) {
      if (filled < size) return notBefore(size - filled + (answer === null ? size : 0), left);
      if (answer === undefined || answer === null) return notBefore(size, left);
      return { stop: true, answer, reason: "window", certificate: "heuristic" };
    },
  }),
});
