import { setImmediate } from "node:timers/promises";
import type { GraderSettings } from "@quorate/answers";
import {
  alignmentOf,
  coverageCurve,
  type Interval,
  type MetricName,
  metricIntervals,
  reliabilityOf,
} from "@quorate/confidence";
import { seededRandom, type TraceFile } from "@quorate/providers";
import { counted } from "../text/numbers.ts";
import { figuresOf, shareOf } from "./figures.ts";
import { type GradedSignal, gradedSignal } from "./graded-signal.ts";
import { type StudiedQuestion, studiedSamples } from "./studied-samples.ts";
import type { SignalStudy, StudiedAlignment, Study } from "./study.ts";
import { partsBy } from "./study-parts.ts";
import { type StudySignal, studySignals } from "./study-signals.ts";

export interface StudyOptions {
  readonly trace: TraceFile;
  /** By name; all that the recording brings, and consistency, when not given. */
  readonly signals?: readonly string[];
  /** @default 400 */
  readonly resamples?: number;
  /** Of the resamples. @default 1 */
  readonly seed?: string | number;
  readonly grading?: GraderSettings;
}

/** The others would cost more time than they tell: a million answers are to be studied in minutes. */
const withIntervals = [
  "ece",
  "brier",
  "nll",
  "auroc",
  "aurc",
  "selective-accuracy",
  "wqd",
] as const satisfies readonly MetricName[];

/**
 * Signals held against metrics on one recording: how well each is calibrated and what it tells apart, over all answers and by
 * category and model, and whether a model's words go with its probabilities.
 *
 * @throws QuorateError `missing-signal` for a signal that the recording does not bring
 */
export async function studyTrace(options: StudyOptions): Promise<Study> {
  const { trace, resamples = 400, seed = 1, grading = {} } = options;
  const signals = studySignals(trace, options.signals);
  const { questions, questionCount, sampleCount, ungraded } = await studiedSamples(trace, grading);
  const notes: string[] = [];
  if (ungraded > 0) notes.push(`${counted(ungraded, "question")} without a gold answer left out`);
  const studied: SignalStudy[] = [];
  for (const signal of signals) {
    const graded = gradedSignal(questions, signal);
    studied.push(studyOf(signal, graded, { resamples, seed }));
    if (graded.absent > 0) notes.push(`${counted(graded.absent, "answer")} without ${signal.name}`);
    if (graded.censored > 0) notes.push(`${counted(graded.censored, "answer")} whose ${signal.name} the server hid`);
    await setImmediate();
  }
  const all = gradedSignal(questions, { name: "all", score: () => 0 }).scores.isRight;
  const alignment = alignmentIn(questions, trace);
  return {
    file: trace.path,
    questionCount,
    sampleCount,
    graded: all.length,
    accuracy: shareOf(all),
    signals: studied,
    ...(alignment !== undefined && { alignment }),
    ...partsBy(questions, signals),
    notes,
  };
}

function studyOf(
  signal: StudySignal,
  graded: GradedSignal,
  { resamples, seed }: { readonly resamples: number; readonly seed: string | number },
): SignalStudy {
  const reliability = reliabilityOf(graded.scores);
  const random = seededRandom("study", seed, signal.name);
  const intervals = metricIntervals(graded.scores, withIntervals, { random, resamples, groups: graded.groups });
  const found = Object.entries(intervals).filter((entry): entry is [string, Interval] => typeof entry[1] === "object");
  return {
    ...figuresOf(signal, graded),
    intervals: Object.fromEntries(found),
    ...(reliability !== undefined && { reliability }),
    coverage: coverageCurve(graded.scores),
  };
}

/** What was stated, or recorded, against the probabilities of the model's own words; undefined where the two are not both there. */
function alignmentIn(questions: readonly StudiedQuestion[], trace: TraceFile): StudiedAlignment | undefined {
  const [internal, verbalised] = ["mean-logprob", "recorded"] as const;
  if (!trace.signals.includes(internal) || !trace.signals.includes(verbalised)) return undefined;
  const answers = questions
    .flatMap(({ samples }) => samples)
    .filter(({ extraction }) => extraction.kind === "answer")
    .map(({ signals }) => {
      const [logprob, stated] = [signals[internal], signals[verbalised]];
      return {
        ...(typeof logprob === "number" && { internal: Math.exp(logprob) }),
        ...(typeof stated === "number" && { verbalised: stated }),
      };
    });
  return { internal: "logprob", verbalised: "confidence", ...alignmentOf(answers) };
}
