import type { GraderSettings } from "@quorate/answers";
import {
  fitOptionCalibrator,
  type Judged,
  judged,
  type OptionCalibrator,
  optionProbabilities,
} from "@quorate/confidence";
import type { AnswerDistribution } from "@quorate/core";
import { readEntry } from "../replay/reading.ts";
import { counted } from "../text/numbers.ts";
import { type FitTrace, fitSourceOf } from "./fit-sources.ts";

export interface CalibrateOptionsOptions {
  /** Of the post-trained model, which is to be calibrated. */
  readonly traces: readonly FitTrace[];
  /** The same questions to its pre-trained stage. */
  readonly reference: FitTrace;
  /** @default "temperature" */
  readonly form?: OptionCalibrator["map"]["form"];
  readonly date: string;
  readonly grading?: GraderSettings;
}

export interface OptionCalibration {
  readonly document: OptionCalibrator;
  /** P of the option named most likely, before and after the map; absent where no question has a gold answer. */
  readonly figures?: { readonly before: Judged; readonly after: Judged };
  readonly notes: readonly string[];
}

/** A recorded probability of 0 was rounded to it; the paper's code stops at the same. */
const leastProbability = 1e-8;

interface Options {
  readonly logits: { readonly preTrained: readonly number[]; readonly postTrained: readonly number[] };
  /** Which option is right; absent without gold. */
  readonly right: readonly boolean[] | undefined;
}

/**
 * DACA (2505.16690): a post-trained model's option probabilities drawn to its pre-trained stage, without labels. Labels only
 * judge the outcome, where there are some. Of each question the first sample that has a distribution is taken.
 *
 * @throws QuorateError `bad-input` for too few questions where both name the same option
 */
export async function calibrateOptions(options: CalibrateOptionsOptions): Promise<OptionCalibration> {
  const { traces, reference, form = "temperature", date, grading = {} } = options;
  const questions: Options[] = [];
  let unmatched = 0;
  for (const { trace } of traces) {
    for await (const entry of trace) {
      const index = reference.trace.indexOf(entry.question.id);
      const own = firstDistribution(readEntry(entry, grading).samples);
      const theirs =
        index === -1
          ? undefined
          : firstDistribution(
              readEntry({ question: entry.question, samples: await reference.trace.samplesAt(index) }, grading).samples,
            );
      const { isRight } = readEntry(entry, grading);
      const found = own === undefined || theirs === undefined ? undefined : optionsOf(own, theirs, isRight);
      if (found === undefined) unmatched += 1;
      else questions.push(found);
    }
  }
  const logits = questions.map((question) => question.logits);
  const document = fitOptionCalibrator(logits, { ...fitSourceOf([...traces, reference], date), form });
  const labelled = questions.filter(({ right }) => right !== undefined);
  return {
    document,
    ...(labelled.length > 0 && {
      figures: {
        before: judgedBy(labelled, { form: "temperature", temperature: 1 }),
        after: judgedBy(labelled, document.map),
      },
    }),
    notes: [
      `fitted on ${document.fittedOn.agreements} of ${counted(questions.length, "question")}, where both name the same option`,
      ...(unmatched > 0
        ? [`${counted(unmatched, "question")} without a distribution over the same options left out`]
        : []),
    ],
  };
}

function firstDistribution(samples: readonly { readonly distribution?: AnswerDistribution }[]) {
  return samples.find(({ distribution }) => distribution !== undefined)?.distribution;
}

/** Undefined where the two do not name the same options. */
function optionsOf(
  own: AnswerDistribution,
  theirs: AnswerDistribution,
  isRight: ((answer: string) => boolean) | undefined,
): Options | undefined {
  const probabilities = new Map(theirs.map(({ answer, probability }) => [answer, probability]));
  if (own.length < 2 || own.length !== theirs.length || !own.every(({ answer }) => probabilities.has(answer))) {
    return undefined;
  }
  const logit = (probability: number) => Math.log(Math.max(leastProbability, probability));
  // Options have an order of their own in neither recording: a matrix or vector needs one and the same.
  const ordered = own.toSorted((a, b) => (a.answer < b.answer ? -1 : 1));
  return {
    logits: {
      preTrained: ordered.map(({ answer }) => logit(probabilities.get(answer)!)),
      postTrained: ordered.map(({ probability }) => logit(probability)),
    },
    right: isRight && ordered.map(({ answer }) => isRight(answer)),
  };
}

function judgedBy(questions: readonly Options[], map: OptionCalibrator["map"]): Judged {
  const scores = new Float64Array(questions.length);
  const isRight = new Uint8Array(questions.length);
  questions.forEach(({ logits, right }, place) => {
    const probabilities = optionProbabilities(map, logits.postTrained);
    const named = probabilities.indexOf(Math.max(...probabilities));
    scores[place] = probabilities[named]!;
    isRight[place] = right![named] === true ? 1 : 0;
  });
  return judged({ scores, isRight });
}
