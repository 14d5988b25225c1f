import { shortened } from "../text/plain.ts";
import type { PreparedQuestion } from "./prepared-question.ts";
import type { QuestionTally } from "./question-tally.ts";

/** A question that policies found hard. Long answers are shortened. */
export interface HardQuestion {
  readonly id: string;
  readonly group?: string;
  readonly gold?: string;
  /** Recorded samples. */
  readonly samples: number;
  readonly abstentions: number;
  /** Of all recorded samples, most votes first; at most ten answers. */
  readonly votes: readonly { readonly answer: string; readonly count: number }[];
  /** Votes for answers beyond those listed. */
  readonly otherVotes: number;
  /** In the order of the evaluation's policies. */
  readonly policies: readonly HardQuestionScore[];
}

interface HardQuestionScore {
  readonly policy: string;
  readonly agreement: number;
  /** Absent without gold. */
  readonly accuracy?: number;
  readonly meanSamples: number;
}

const mostQuestions = 20;
const mostAnswers = 10;
const longestAnswer = 200;

/** Keeps the hardest of the questions seen: most disagreement with the full vote first, then most samples, then the earlier. */
export class HardestQuestions {
  readonly #names: readonly string[];
  #kept: { readonly agreeing: number; readonly samples: number; readonly question: HardQuestion }[] = [];

  constructor(policies: readonly string[]) {
    this.#names = policies;
  }

  /** @param tallies one for each policy */
  see(question: PreparedQuestion, tallies: readonly QuestionTally[]): void {
    const agreeing = sum(tallies.map((tally) => tally.agreeing / tally.replays));
    const samples = sum(tallies.map((tally) => tally.samples / tally.replays));
    const easiest = this.#kept.at(-1);
    const isFull = this.#kept.length === mostQuestions;
    if (isFull && easiest !== undefined && compare({ agreeing, samples }, easiest) >= 0) return;
    const place = this.#kept.findIndex((other) => compare({ agreeing, samples }, other) < 0);
    const kept = { agreeing, samples, question: this.#describe(question, tallies) };
    this.#kept.splice(place === -1 ? this.#kept.length : place, 0, kept);
    this.#kept = this.#kept.slice(0, mostQuestions);
  }

  get questions(): HardQuestion[] {
    return this.#kept.map(({ question }) => question);
  }

  #describe(
    { question, recordedVotes, sampleCount }: PreparedQuestion,
    tallies: readonly QuestionTally[],
  ): HardQuestion {
    const votes = [...recordedVotes].sort(([, a], [, b]) => b - a);
    const voteCount = sum(votes.map(([, count]) => count));
    const listed = votes.slice(0, mostAnswers);
    return {
      id: question.id,
      ...(question.group !== undefined && { group: question.group }),
      ...(question.gold !== undefined && { gold: shortened(question.gold, longestAnswer) }),
      samples: sampleCount,
      abstentions: sampleCount - voteCount,
      votes: listed.map(([answer, count]) => ({ answer: shortened(answer, longestAnswer), count })),
      otherVotes: voteCount - sum(listed.map(([, count]) => count)),
      policies: tallies.map((tally, place) => ({
        policy: this.#names[place]!,
        agreement: tally.agreeing / tally.replays,
        ...(tally.graded > 0 && { accuracy: tally.right / tally.graded }),
        meanSamples: tally.samples / tally.replays,
      })),
    };
  }
}

interface Hardness {
  readonly agreeing: number;
  readonly samples: number;
}

const compare = (a: Hardness, b: Hardness): number => a.agreeing - b.agreeing || b.samples - a.samples;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
