import { type Estimator, estimatorFor, fitPolicy } from "@quorate/confidence";
import { type CompiledPolicy, compilePolicy, isQuorateError, type Policy } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";

export interface FittedPolicy {
  readonly compiled: CompiledPolicy;
  /** Equal for policies that read confidence alike. */
  readonly confidenceKey: string;
  readonly estimate: Estimator;
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
export function fitPolicies(
  policies: readonly Policy[],
  { signals, path }: Pick<TraceFile, "signals" | "path">,
): FittedPolicies {
  const working: FittedPolicy[] = [];
  const skipped: SkippedPolicy[] = [];
  const notes: string[] = [];
  for (const wanted of policies) {
    try {
      const { policy, note } = fitPolicy(wanted, signals, path);
      working.push(fittedPolicy(policy));
      if (note !== undefined) notes.push(note);
    } catch (error) {
      if (!isQuorateError(error)) throw error;
      skipped.push({ policy: wanted.name, why: error.message });
    }
  }
  return { working, skipped, notes };
}

/** A policy that is known to work on the trace. */
export function fittedPolicy(policy: Policy): FittedPolicy {
  return {
    compiled: compilePolicy(policy),
    confidenceKey: JSON.stringify(policy.confidence),
    estimate: estimatorFor(policy),
  };
}
