import { bootstrapInterval } from "../statistics/bootstrap.ts";
import { GroupSums } from "../statistics/group-sums.ts";
import { byCountDescending } from "../text/counts.ts";
import type { PolicyScore } from "./evaluation.ts";
import type { ReplayOutcome } from "./outcome.ts";

/** Sums up one policy's outcomes. */
export class ScoreKeeper {
  readonly #policy: string;
  readonly #reasons = new Map<string, number>();
  #replays = 0;
  #graded = 0;
  #right = 0;
  #agreeing = 0;
  #samples = 0;
  readonly #rightByGroup = new GroupSums();
  readonly #samplesByGroup = new GroupSums();
  #rounds = 0;
  #requests = 0;
  #abstentions = 0;

  constructor(policy: string) {
    this.#policy = policy;
  }

  /** `group`: what questions that share a source have in common, else the question's id; intervals resample groups. */
  add(outcome: ReplayOutcome, fullVote: string | null, group: string): void {
    this.#replays += 1;
    if (outcome.isRight !== undefined) {
      this.#graded += 1;
      if (outcome.isRight) this.#right += 1;
      this.#rightByGroup.add(group, outcome.isRight ? 1 : 0, 1);
    }
    if (outcome.answer === fullVote) this.#agreeing += 1;
    this.#samples += outcome.samples;
    this.#samplesByGroup.add(group, outcome.samples, 1);
    this.#rounds += outcome.rounds;
    this.#requests += outcome.requests;
    this.#abstentions += outcome.abstentions;
    this.#reasons.set(outcome.reason, (this.#reasons.get(outcome.reason) ?? 0) + 1);
  }

  /** At least one outcome must have been added. */
  score(seed: string | number): PolicyScore {
    const accuracyInterval = bootstrapInterval(this.#rightByGroup, { seed });
    const samplesInterval = bootstrapInterval(this.#samplesByGroup, { seed, isShare: false });
    const mean = (sum: number) => sum / this.#replays;
    return {
      policy: this.#policy,
      ...(this.#graded > 0 && { accuracy: this.#right / this.#graded }),
      ...(accuracyInterval !== undefined && { accuracyInterval }),
      agreement: mean(this.#agreeing),
      meanSamples: mean(this.#samples),
      ...(samplesInterval !== undefined && { samplesInterval }),
      meanRounds: mean(this.#rounds),
      meanRequests: mean(this.#requests),
      meanAbstentions: mean(this.#abstentions),
      stopReasons: byCountDescending(this.#reasons),
    };
  }
}
