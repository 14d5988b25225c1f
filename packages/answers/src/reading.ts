import type { AbstentionReason, Answer, Extraction } from "@quorate/core";

/** `nothing`: no answer of this kind is there. `unclear`: there is more than one, or one that cannot be read safely. */
export type Reading = { readonly kind: "answer"; readonly answer: Answer } | "nothing" | "unclear";

export function found(answer: Answer): Reading {
  return { kind: "answer", answer };
}

export function abstain(reason: AbstentionReason = "no-answer"): Extraction {
  return { kind: "abstention", reason };
}

export function toExtraction(reading: Reading): Extraction {
  return typeof reading === "string" ? abstain() : reading;
}
