import type { Decision } from "@quorate/core";
import type { Replayed } from "./replay.ts";
import { abstains, type Shuffled } from "./shuffled.ts";

/** How a replay ended, with the answer as its label in the order that was replayed. Shared by orders that end alike. */
export interface Ending {
  /** `abstains` where there is no answer. */
  readonly label: number;
  /** That counted, abstentions included. */
  readonly samples: number;
  readonly waves: readonly number[];
  readonly abstentions: number;
  readonly reason: string;
}

export function endingOf({ decision, waves }: Replayed, shuffled: Shuffled): Ending {
  const { answer, sampleCount, abstentions, reason } = decision;
  return {
    label: answer === null ? abstains : shuffled.answers.indexOf(answer) + 1,
    samples: sampleCount,
    waves,
    abstentions: abstentions === undefined ? 0 : totalOf(abstentions),
    reason,
  };
}

export const answerOf = ({ label }: Ending, { answers }: Shuffled): string | null => answers[label - 1] ?? null;

function totalOf(counts: NonNullable<Decision["abstentions"]>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
