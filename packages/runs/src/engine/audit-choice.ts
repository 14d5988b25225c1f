import { seededRandom } from "@quorate/providers";
import type { RunPlan } from "../plan.ts";
import type { DecisionLine } from "../storage/decision-line.ts";

/**
 * Whether a question is among those that get the full vote after an early decision. Depends on nothing but seed and index,
 * so a run that goes on chooses the same; a larger share chooses more, never others.
 */
export function isChosenForAudit(share: number, seed: number, index: number): boolean {
  return share > 0 && seededRandom("audit", seed, index)() < share;
}

/**
 * Whether a decided question is to be opened again for its audit, which a limit cut off or nobody had asked for. Its samples
 * are on record and decide the same again, under a full vote of the same size: under another they might not.
 */
export function isAuditDue({ seed, limits }: RunPlan, line: DecisionLine, index: number): boolean {
  const { audit, sampleCount, speculatedSamples = 0, savedSamples } = line;
  return (
    audit === undefined &&
    sampleCount + speculatedSamples + savedSamples === limits.maxSamples &&
    isChosenForAudit(limits.auditShare ?? 0, seed, index)
  );
}
