import type { DecisionRecord } from "@quorate/core";
import { addUsage, type Certificate, type Policy, type Usage } from "@quorate/core";
import type { SeedPart } from "@quorate/providers";
import { AuditTally } from "../audit/audit-tally.ts";
import { bootstrapInterval } from "../statistics/bootstrap.ts";
import { GroupSums } from "../statistics/group-sums.ts";
import { sumOf } from "../statistics/normal-interval.ts";
import { byCountDescending } from "../text/counts.ts";
import type { DecisionRecords } from "./decision-records.ts";
import type { AbstainedQuestions, Accuracy, RunSummary } from "./run-summary.ts";

export interface SummariseOptions {
  /** Of the interval's resampling. @default 0 */
  readonly seed?: SeedPart;
  /** @default 2000 */
  readonly resamples?: number;
  /** What the policy was tuned for: audits are tested against it. */
  readonly tuned?: Policy["tuned"];
}

/** A run in numbers, in one pass. Keeps two numbers a group, nothing else of the questions. */
export async function summarise(decisions: DecisionRecords, options: SummariseOptions = {}): Promise<RunSummary> {
  const summariser = new Summariser(options.tuned);
  for await (const decision of decisions) summariser.add(decision);
  return summariser.summary(options);
}

class Summariser {
  readonly #right = new GroupSums();
  readonly #abstentions = new Map<string, number>();
  readonly #reasons = new Map<string, number>();
  readonly #certificates = new Map<Certificate, number>();
  readonly #histogram = new Map<number, number>();
  #abstained = 0;
  readonly #others = { right: 0, graded: 0 };
  #interim = 0;
  #decided = 0;
  #failed = 0;
  #rounds = 0;
  #support = 0;
  #counted = 0;
  #speculated = 0;
  #saved = 0;
  #asked = 0;
  readonly #gaps = new Map<string, number>();
  #usage: Usage | undefined;
  #costUsd: number | undefined;
  #unpriced = 0;
  #unmeasured = 0;
  #votes = 0;
  readonly #audits: AuditTally;

  constructor(tuned: Policy["tuned"]) {
    this.#audits = new AuditTally(tuned);
  }

  add(decision: DecisionRecord): void {
    const { reason, abstentions = {}, usage, costUsd, sampleCount, unmeasured = 0, votes } = decision;
    this.#unmeasured += unmeasured;
    for (const { count } of votes) this.#votes += count;
    raise(this.#reasons, reason);
    for (const [why, count] of Object.entries(abstentions)) raise(this.#abstentions, why, count);
    this.#asked += decision.followUps?.samples ?? 0;
    for (const [why, count] of Object.entries(decision.followUps?.gaps ?? {})) raise(this.#gaps, why, count);
    if (usage !== undefined) this.#usage = this.#usage === undefined ? usage : addUsage(this.#usage, usage);
    if (costUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
    else if (sampleCount > 0) this.#unpriced += 1;
    if (decision.interim === true) this.#interim += 1;
    else this.#addDecided(decision);
    this.#audits.add(decision);
  }

  #addDecided(decision: DecisionRecord): void {
    const { answer, support, sampleCount, speculatedSamples = 0, savedSamples, rounds, certificate } = decision;
    this.#decided += 1;
    if (answer === null) this.#failed += 1;
    else this.#support += support;
    this.#counted += sampleCount;
    this.#speculated += speculatedSamples;
    this.#saved += savedSamples;
    this.#rounds += rounds;
    raise(this.#certificates, certificate);
    raise(this.#histogram, sampleCount);
    if (decision.abstained === true) this.#abstained += 1;
    else if (decision.correct !== undefined) {
      this.#others.graded += 1;
      this.#others.right += Number(decision.correct);
    }
    if (decision.correct !== undefined) this.#right.add(decision.group, Number(decision.correct), 1);
  }

  summary(options: SummariseOptions): RunSummary {
    const decided = this.#decided;
    const answered = decided - this.#failed;
    const accuracy = this.#accuracy(options);
    const audit = this.#audits.summary();
    return {
      questions: decided + this.#interim,
      decided,
      interim: this.#interim,
      failed: this.#failed,
      ...(accuracy !== undefined && { accuracy }),
      ...(this.#abstained > 0 && { abstained: this.#abstainedQuestions() }),
      ...(decided > 0 && { meanSamples: this.#counted / decided, meanRounds: this.#rounds / decided }),
      ...(answered > 0 && { meanSupport: this.#support / answered }),
      countedSamples: this.#counted,
      speculatedSamples: this.#speculated,
      savedSamples: this.#saved,
      fullVoteSamples: this.#counted + this.#speculated + this.#saved,
      abstentions: byCountDescending(this.#abstentions),
      ...(this.#unmeasured > 0 && { unmeasured: { votes: this.#unmeasured, of: this.#votes } }),
      stopReasons: byCountDescending(this.#reasons),
      certificates: byCountDescending(this.#certificates),
      samplesHistogram: [...this.#histogram]
        .sort(([a], [b]) => a - b)
        .map(([samples, questions]) => ({ samples, questions })),
      ...(this.#usage !== undefined && { usage: this.#usage }),
      ...(this.#costUsd !== undefined && { costUsd: this.#costUsd }),
      ...(this.#asked > 0 && {
        followUps: { samples: this.#asked, ...(this.#gaps.size > 0 && { gaps: byCountDescending(this.#gaps) }) },
      }),
      ...(audit !== undefined && { audit }),
      unpricedQuestions: this.#unpriced,
    };
  }

  #abstainedQuestions(): AbstainedQuestions {
    const { right, graded } = this.#others;
    return { questions: this.#abstained, ...(graded > 0 && { accuracyOfOthers: right / graded }) };
  }

  #accuracy({ seed = 0, resamples }: SummariseOptions): Accuracy | undefined {
    const groups = this.#right.length;
    if (groups === 0) return undefined;
    const right = sumOf(this.#right.numerators);
    const graded = sumOf(this.#right.denominators);
    const interval = bootstrapInterval(this.#right, { seed, ...(resamples !== undefined && { resamples }) });
    return { value: right / graded, ...(interval !== undefined && { interval }), right, graded, groups };
  }
}

function raise<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
