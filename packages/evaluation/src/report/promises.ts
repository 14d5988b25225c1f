import type { Certificate } from "@quorate/core";

/** What each certificate promises, in a sentence. All speak of the vote; none says that the answer is right. */
const promises: Readonly<Record<Certificate, string>> = {
  curtailed: "The full vote gives the same answer: the samples that were left could not have changed it.",
  anytime:
    "The chance of stopping on an answer that is not the model's most frequent one is bounded, however often the rule looked.",
  "risk-controlled":
    "When the policy was tuned, the share of answers that differ from the full vote (or err where it does not) was bounded with a stated confidence. Holds for questions like those it was tuned on.",
  conformal:
    "A stated share of answers agrees with the full vote, on average over questions like those the policy was tuned on.",
  predictive: "The leader would probably have survived the full vote, under a model of how votes fall.",
  heuristic:
    "No promise in numbers: a rule of thumb. Its level, 0.95 for example, is not a probability of being right.",
};

/** Undefined for a certificate that only a newer Quorate knows. */
export function promiseOf(certificate: string): string | undefined {
  return Object.hasOwn(promises, certificate) ? promises[certificate as Certificate] : undefined;
}
