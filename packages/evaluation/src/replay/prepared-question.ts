import { ballotOf, withSignal } from "@quorate/confidence";
import type { Ballot, Question, QuestionLimits } from "@quorate/core";
import type { TraceEntry } from "@quorate/providers";
import type { FittedPolicy } from "./fitted-policies.ts";
import type { ReadEntry } from "./reading.ts";
import { type CostSettings, type SampleCosts, sampleCosts } from "./sample-costs.ts";
import { type Shuffled, type ShuffleSettings, shuffledOrders } from "./shuffled.ts";

export interface BallotList {
  readonly ballots: readonly Ballot[];
  /** Answers and abstentions alone: no ballot says more than which answer it is for. */
  readonly areBare: boolean;
}

/** A recorded question with all that its replays have in common. */
export class PreparedQuestion {
  readonly question: Question;
  readonly sampleCount: number;
  readonly limits: QuestionLimits;
  readonly orders: readonly Shuffled[];
  readonly isRight: ReadEntry["isRight"];
  readonly costs: SampleCosts;
  readonly #samples: ReadEntry["samples"];
  readonly #ballots = new Map<string, BallotList>();

  constructor(read: ReadEntry, recorded: TraceEntry["samples"], settings: ShuffleSettings & CostSettings) {
    const { question, samples } = read;
    this.question = question;
    this.sampleCount = samples.length;
    this.limits = {
      maxSamples: Math.min(settings.maxSamples, samples.length),
      ...(question.options !== undefined && { optionCount: question.options.length }),
    };
    const extractions = samples.map(({ extraction }) => extraction);
    this.orders = shuffledOrders(question.id, extractions, settings);
    this.isRight = read.isRight;
    this.costs = sampleCosts(question, recorded, settings);
    this.#samples = samples;
  }

  /** Votes of all recorded samples by answer, in recorded order. */
  get recordedVotes(): ReadonlyMap<string, number> {
    const votes = new Map<string, number>();
    for (const { extraction } of this.#samples) {
      if (extraction.kind === "answer") votes.set(extraction.answer, (votes.get(extraction.answer) ?? 0) + 1);
    }
    return votes;
  }

  /** Policies that read confidence alike share their ballots. */
  ballotsFor({ confidenceKey, estimate, elicitor }: FittedPolicy): BallotList {
    let list = this.#ballots.get(confidenceKey);
    if (list === undefined) {
      const ballots = this.#samples.map((sample) => ballotOf(withSignal(sample, elicitor, this.question), estimate));
      const areBare = ballots.every(
        (ballot) =>
          ballot.kind === "abstention" || (ballot.confidence === undefined && ballot.distribution === undefined),
      );
      list = { ballots, areBare };
      this.#ballots.set(confidenceKey, list);
    }
    return list;
  }
}
