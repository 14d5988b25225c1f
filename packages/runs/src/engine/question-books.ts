import { answerClasses, distributionOverClasses, type Grader } from "@quorate/answers";
import { ballotOf } from "@quorate/confidence";
import { addUsage, type Ballot, type FollowUpCounts, type FollowUpGap, type Sample, type Usage } from "@quorate/core";
import type { Engine } from "./engine.ts";
import type { QuestionFollowUps } from "./follow-ups.ts";

/** A sample that is safe on record, as it will count. */
export interface Arrival {
  readonly index: number;
  readonly ballot: Ballot;
}

/** What one question has cost and brought so far. */
export class QuestionBooks {
  readonly #engine: Engine;
  readonly #index: number;
  readonly #classOf: ReturnType<typeof answerClasses>;
  /** All samples so far, where an audit may go on from them. */
  readonly #seen: Map<number, Sample> | undefined;
  /** Samples that the decision had, while its audit goes on. */
  #held: ReadonlySet<number> = new Set();
  #asked = 0;
  readonly #gaps: { -readonly [Gap in FollowUpGap]?: number } = {};
  #usage: Usage | undefined;
  #costUsd: number | undefined;
  #failure: string | undefined;
  #newSamples = 0;

  constructor(engine: Engine, index: number, grader: Grader) {
    this.#engine = engine;
    this.#index = index;
    this.#classOf = answerClasses(grader.equal);
    this.#seen = engine.auditOf(index) === undefined ? undefined : new Map();
  }

  /** Of what came since the question was opened, or since its audit began. */
  get spent(): { readonly usage: Usage | undefined; readonly costUsd: number | undefined } {
    return { usage: this.#usage, costUsd: this.#costUsd };
  }

  /** In the words of the last sample that had something to say. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Beyond those that the decision had. */
  get newSamples(): number {
    return this.#newSamples;
  }

  /** Undefined where no sample was asked about. */
  get followUps(): FollowUpCounts | undefined {
    if (this.#asked === 0) return undefined;
    return { samples: this.#asked, ...(Object.keys(this.#gaps).length > 0 && { gaps: { ...this.#gaps } }) };
  }

  pay(usage: Usage | undefined, costUsd: number | undefined): void {
    if (usage !== undefined) this.#usage = this.#usage === undefined ? usage : addUsage(this.#usage, usage);
    if (costUsd !== undefined) this.#costUsd = (this.#costUsd ?? 0) + costUsd;
  }

  /** The sample is counted, paid and told, once. */
  note(sample: Sample, followUps: QuestionFollowUps | undefined): Arrival {
    const ballot = ballotOf(this.#read(sample), this.#engine.estimate);
    // Told and paid for when it was the decision's.
    if (this.#held.has(sample.index)) return { index: sample.index, ballot };
    this.#seen?.set(sample.index, sample);
    this.#newSamples += 1;
    this.pay(sample.usage, sample.costUsd);
    const followUp = followUps?.recordOf(sample);
    if (followUp !== undefined) {
      this.#asked += 1;
      if (followUp.gap !== undefined) this.#gaps[followUp.gap] = (this.#gaps[followUp.gap] ?? 0) + 1;
    }
    if (sample.detail !== undefined) this.#failure = sample.detail;
    this.#engine.emit({
      type: "sample-recorded",
      question: this.#index,
      index: sample.index,
      ballot,
      ...(sample.detail !== undefined && { detail: sample.detail }),
    });
    return { index: sample.index, ballot };
  }

  /** From here on everything is the audit's. @returns the samples that the decision had */
  beginAudit(): ReadonlyMap<number, Sample> {
    const seen = this.#seen ?? new Map<number, Sample>();
    this.#held = new Set(seen.keys());
    this.#usage = undefined;
    this.#costUsd = undefined;
    this.#newSamples = 0;
    return seen;
  }

  /** The sample as the vote sees it: answers that are the same are one class. */
  #read({ extraction, signals, distribution }: Sample): Pick<Sample, "extraction" | "signals" | "distribution"> {
    return {
      extraction: this.#classOf(extraction),
      signals,
      ...(distribution !== undefined && { distribution: distributionOverClasses(distribution, this.#classOf) }),
    };
  }
}
