import { elicitorNamed, type FollowUpElicitor, followUpFor } from "@quorate/confidence";
import { type Policy, QuorateError } from "@quorate/core";
import type { Provider } from "@quorate/providers";

/** Who is asked about samples, and how. */
export interface FollowUpPlan {
  readonly elicitor: string;
  readonly how: FollowUpElicitor;
  readonly asked: Provider;
}

/**
 * Undefined where samples bring what the policy reads.
 *
 * @throws QuorateError `missing-signal` where a judge is to be asked and there is none
 */
export function followUpPlan(
  { confidence }: Pick<Policy, "confidence">,
  provider: Provider,
  judge: Provider | undefined,
): FollowUpPlan | undefined {
  const how = followUpFor(confidence);
  if (confidence === null || how === undefined) return undefined;
  if (provider.can.signals.includes(elicitorNamed(confidence.elicitor).needs)) return undefined;
  const asked = how.asks === "judge" ? judge : provider;
  if (asked !== undefined) return { elicitor: confidence.elicitor, how, asked };
  throw new QuorateError({
    code: "missing-signal",
    what: `Elicitor ${confidence.elicitor} asks another model about each sample, and none is named.`,
    hint: "Name it with --judge PROVIDER:MODEL.",
  });
}

/** English has about four bytes a token; twice that leaves room for other scripts. */
const bytesPerToken = 8;
/** Where nobody limits tokens. */
const mostBytes = 65_536;

/** How much of a response is shown to whoever is asked about it. */
export function shownResponseBytes(maxTokens: number | undefined): number {
  return maxTokens === undefined ? mostBytes : Math.min(mostBytes, Math.max(256, maxTokens * bytesPerToken));
}
