import type { DecisionRecord, Policy } from "@quorate/core";
import { binomialTail } from "../risk/binomial-tail.ts";
import { clopperPearsonInterval } from "../risk/clopper-pearson.ts";
import { lossOf } from "../risk/losses.ts";
import type { AuditSummary, AuditVerdict } from "./audit-summary.ts";

/** Where the promise has no δ of its own. */
const defaultAlpha = 0.05;

/** Counts what audits found, in one pass. Keeps the groups of those that have one. */
export class AuditTally {
  readonly #tuned: Policy["tuned"];
  readonly #groups = new Set<string>();
  #decisions = 0;
  #audited = 0;
  #disagreements = 0;
  #samples = 0;
  #costUsd: number | undefined;
  #tested = 0;
  #lost = 0;

  constructor(tuned: Policy["tuned"]) {
    this.#tuned = tuned;
  }

  add(decision: DecisionRecord): void {
    const { audit, group } = decision;
    if (audit === undefined) return;
    this.#decisions += 1;
    this.#samples += audit.samples;
    if (audit.costUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + audit.costUsd;
    if (group !== undefined) {
      if (this.#groups.has(group)) return;
      this.#groups.add(group);
    }
    this.#audited += 1;
    if (!audit.agrees) this.#disagreements += 1;
    const loss = promisedLoss(decision, this.#tuned);
    if (loss === undefined) return;
    this.#tested += 1;
    this.#lost += loss;
  }

  summary(): AuditSummary | undefined {
    if (this.#audited === 0) return undefined;
    const verdict = this.#verdict();
    return {
      decisions: this.#decisions,
      audited: this.#audited,
      disagreements: this.#disagreements,
      interval: clopperPearsonInterval(this.#disagreements, this.#audited),
      samples: this.#samples,
      ...(this.#costUsd !== undefined && { costUsd: this.#costUsd }),
      ...(verdict !== undefined && { verdict }),
    };
  }

  #verdict(): AuditVerdict | undefined {
    if (this.#tuned === undefined || this.#tested === 0) return undefined;
    const { method, risk, epsilon, delta, maxSamples } = this.#tuned;
    // The upper tail, as the lower one of those that were not lost.
    const pValue = binomialTail(this.#tested, 1 - epsilon, this.#tested - this.#lost);
    return {
      ...{ method, risk, epsilon, maxSamples, ...(delta !== undefined && { delta }) },
      tested: this.#tested,
      lost: this.#lost,
      pValue,
      drift: pValue <= (delta ?? defaultAlpha),
    };
  }
}

/** What the promise would have called lost; undefined where it is about another full vote, or only gold could tell. */
function promisedLoss(decision: DecisionRecord, tuned: Policy["tuned"]): 0 | 1 | undefined {
  const { audit, sampleCount, speculatedSamples = 0, savedSamples, answer, correct } = decision;
  if (audit === undefined || tuned === undefined) return undefined;
  if (sampleCount + speculatedSamples + savedSamples !== tuned.maxSamples) return undefined;
  return lossOf(tuned.risk, { answer, isRight: correct }, { answer: audit.answer, isRight: audit.correct });
}
