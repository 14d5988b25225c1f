import { type Policy, QuorateError, type SignalKind, welcomesConfidence } from "@quorate/core";
import type { FollowUpElicitor } from "./elicitors/follow-up.ts";
import { elicitorFor, elicitors, followUpFor } from "./elicitors/registry.ts";
import { describeNeeded } from "./elicitors/signals-from.ts";

/** Where a model's samples bring their confidence from, and how it is calibrated. */
export type CalibratedSource = NonNullable<Policy["confidence"]>;

/** What a model can be asked about a sample. */
export interface Askable {
  readonly logprobs: boolean;
  readonly score: boolean;
}

/** Who can be asked about samples. A recording cannot. */
export interface AskableModels {
  readonly model?: Askable;
  readonly judge?: Askable;
}

export interface FittedPolicy {
  readonly policy: Policy;
  /** What was changed, for the person to read. */
  readonly note?: string;
}

/**
 * Makes a policy fit what the samples bring, before a cent is spent. A policy that names no confidence but does better
 * with one takes the model's `own`, where somebody has calibrated it. A recording that kept one confidence, whatever its
 * source, may stand in for the signal the policy names; that is said. Anything else is refused. What a policy was tuned
 * or had its decisions' confidence fitted for is about its own confidence: such a one is given none that it lacked, and a
 * tuned one loses its promise where another stands in.
 *
 * @param available as `signalsFrom` finds them
 * @throws QuorateError `missing-signal` naming what could be used instead
 */
export function fitPolicy(
  policy: Policy,
  available: readonly SignalKind[],
  source: string,
  own?: CalibratedSource,
  askable: AskableModels = {},
): FittedPolicy {
  if (policy.confidence === null) {
    const isFitted = policy.tuned !== undefined || policy.decisionConfidence !== undefined;
    return own !== undefined && !isFitted && welcomesConfidence(policy.stop)
      ? { policy: { ...policy, confidence: own } }
      : { policy };
  }
  const { elicitor: name, calibrator } = policy.confidence;
  const elicitor = elicitorFor(policy.confidence);
  const followUp = followUpFor(policy.confidence);
  if (available.includes(elicitor.needs)) return { policy };
  const lacking = followUp === undefined ? undefined : lackingFor(followUp, askable, source);
  if (followUp !== undefined && lacking === undefined) return { policy };
  if (available.includes("recorded")) {
    const { tuned: _, ...untuned } = policy;
    return {
      policy: { ...untuned, confidence: { elicitor: "recorded", calibrator } },
      note: `${policy.name}: ${source} has no ${elicitor.needs}; the confidence recorded with its samples is used instead`,
    };
  }
  const { measure } = elicitor;
  const needed = measure === undefined ? "" : `: it takes ${describeNeeded(measure.needs)}`;
  throw new QuorateError({
    code: "missing-signal",
    what: `Policy "${policy.name}" reads ${elicitor.needs} (elicitor ${name}${needed}), which ${source} does not bring.`,
    hint: lacking === undefined ? insteadOf(available) : `${lacking} ${insteadOf(available)}`,
  });
}

function insteadOf(available: readonly SignalKind[]): string {
  if (available.length === 0) return "It brings no confidence at all; a policy on counts works: quorate, asc, esc, sc.";
  const working = elicitors.filter(({ needs }) => available.includes(needs)).map(({ name }) => name);
  const set = working.length === 0 ? "" : ` Set confidence.elicitor to one of: ${working.join(", ")}.`;
  return `It brings: ${available.join(", ")}.${set} Or take a policy on counts: quorate, asc, esc, sc.`;
}

/** What stands in the way of asking about samples. */
function lackingFor({ asks, means }: FollowUpElicitor, askable: AskableModels, source: string): string | undefined {
  const asked = askable[asks];
  if (asks === "judge" && asked === undefined)
    return "It is asked of another model: name one with --judge PROVIDER:MODEL.";
  if (asked === undefined) return `It is asked of the model after each sample, and ${source} answers nothing new.`;
  const who = asks === "judge" ? "The judge" : source;
  if (means === "logprobs" && !asked.logprobs) return `${who} shows no log-probabilities.`;
  if (means === "score" && !asked.score) {
    return `${who} has no scoring endpoint that is known: say which with ${asks === "judge" ? "--judge-scoring" : "--scoring"}.`;
  }
  return undefined;
}
