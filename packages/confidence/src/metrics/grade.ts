import type { Answer, DecisionRecord, Sample } from "@quorate/core";
import type { Elicitor } from "../elicitors/elicitor.ts";
import type { JointElicitor } from "../elicitors/joint/joint-elicitor.ts";
import type { GradedScores } from "./graded-scores.ts";

/** Graded scores with what was left out, each kind counted: a metric is about the rest alone. */
export interface Graded<LeftOut extends string> {
  readonly scores: GradedScores & { readonly questions: Uint32Array };
  /** By answer, numbered from 0: questions that share a source. What intervals resample. */
  readonly groups: Uint32Array;
  readonly leftOut: { readonly [Reason in LeftOut]: number };
}

export interface GradedQuestion {
  readonly group?: string;
  readonly samples: Iterable<Pick<Sample, "extraction" | "signals">>;
  readonly isRight: (answer: Answer) => boolean;
}

/** The scores that an elicitor gives to the samples of questions, to each alone or to all of a question by each other. */
export function gradeSamples(
  questions: Iterable<GradedQuestion>,
  elicitor: Pick<Elicitor, "score"> | JointElicitor,
): Graded<"abstentions" | "absent" | "censored"> {
  const builder = new Builder();
  const leftOut = { abstentions: 0, absent: 0, censored: 0 };
  for (const { group, samples, isRight } of questions) {
    const question = builder.open(group);
    const listed = [...samples];
    const scores =
      "scoreAll" in elicitor ? elicitor.scoreAll(listed) : listed.map((one) => elicitor.score(one.signals));
    for (const [place, { extraction }] of listed.entries()) {
      const score = scores[place];
      if (extraction.kind === "abstention") leftOut.abstentions += 1;
      else if (score === undefined) leftOut.absent += 1;
      else if (score === "censored") leftOut.censored += 1;
      else question(score, isRight(extraction.answer));
    }
  }
  return { ...builder.done(), leftOut };
}

/** The confidence of decisions, or their support, which is the leader's share and no probability. */
export function gradeDecisions(
  decisions: Iterable<Pick<DecisionRecord, "confidence" | "support" | "correct" | "group">>,
  measure: "confidence" | "support",
): Graded<"ungraded" | "withoutConfidence"> {
  const builder = new Builder();
  const leftOut = { ungraded: 0, withoutConfidence: 0 };
  for (const decision of decisions) {
    const score = decision[measure];
    if (decision.correct === undefined) leftOut.ungraded += 1;
    else if (score === undefined) leftOut.withoutConfidence += 1;
    else builder.open(decision.group)(score, decision.correct);
  }
  return { ...builder.done(), leftOut };
}

class Builder {
  readonly #scores: number[] = [];
  readonly #isRight: number[] = [];
  readonly #questions: number[] = [];
  readonly #groups: number[] = [];
  readonly #named = new Map<string, number>();
  #questionCount = 0;
  #groupCount = 0;

  /** A question that gives no score gets no number: they stay without gaps. */
  open(group: string | undefined): (score: number, isRight: boolean) => void {
    let question: number | undefined;
    let groupNumber = 0;
    return (score, isRight) => {
      if (question === undefined) {
        question = this.#questionCount++;
        groupNumber = this.#groupNumber(group);
      }
      this.#scores.push(score);
      this.#isRight.push(isRight ? 1 : 0);
      this.#questions.push(question);
      this.#groups.push(groupNumber);
    };
  }

  #groupNumber(group: string | undefined): number {
    if (group === undefined) return this.#groupCount++;
    let number = this.#named.get(group);
    if (number === undefined) {
      number = this.#groupCount++;
      this.#named.set(group, number);
    }
    return number;
  }

  done(): Pick<Graded<never>, "scores" | "groups"> {
    return {
      scores: {
        scores: Float64Array.from(this.#scores),
        isRight: Uint8Array.from(this.#isRight),
        questions: Uint32Array.from(this.#questions),
      },
      groups: Uint32Array.from(this.#groups),
    };
  }
}
