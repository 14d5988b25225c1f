import { type Elicitor, type Estimator, elicitorFor, estimatorFor, fitPolicy, signalsFrom } from "@quorate/confidence";
import { type CompiledPolicy, compilePolicy, isQuorateError, type Policy, requireAnswerCount } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";

export interface FittedPolicy {
  readonly compiled: CompiledPolicy;
  /** Equal for policies that read confidence alike. */
  readonly confidenceKey: string;
  readonly estimate: Estimator;
  /** Where its confidence comes from; absent without one. */
  readonly elicitor?: Elicitor;
}

export interface SkippedPolicy {
  readonly policy: string;
  readonly why: string;
}

export interface FittedPolicies {
  readonly working: readonly FittedPolicy[];
  readonly skipped: readonly SkippedPolicy[];
  readonly notes: readonly string[];
}

/** Makes each policy fit what the trace brings, or says why it cannot work there. */
export async function fitPolicies(policies: readonly Policy[], trace: TraceFile): Promise<FittedPolicies> {
  const working: FittedPolicy[] = [];
  const skipped: SkippedPolicy[] = [];
  const notes: string[] = [];
  for (const wanted of policies) {
    try {
      const { policy, note } = fitPolicy(wanted, signalsFrom(trace, wanted.confidence), trace.path);
      const found = fittedPolicy(policy);
      if (found.compiled.needsAnswerCount) await requireAnswerCounts(policy, trace);
      working.push(found);
      if (note !== undefined) notes.push(note);
    } catch (error) {
      if (!isQuorateError(error)) throw error;
      skipped.push({ policy: wanted.name, why: error.message });
    }
  }
  return { working, skipped, notes };
}

async function requireAnswerCounts(policy: Policy, trace: TraceFile): Promise<void> {
  for (let index = 0; index < trace.length; index += 1) {
    const { options, id } = await trace.questionAt(index);
    requireAnswerCount(policy, options?.length, id);
  }
}

/** A policy that is known to work on the trace. */
export function fittedPolicy(policy: Policy): FittedPolicy {
  return {
    compiled: compilePolicy(policy),
    confidenceKey: JSON.stringify(policy.confidence),
    estimate: estimatorFor(policy),
    ...(policy.confidence !== null && { elicitor: elicitorFor(policy.confidence) }),
  };
}
