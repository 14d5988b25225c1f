import type { GraderSettings } from "@quorate/answers";
import {
  type CalibrationMethodName,
  type CrossValidated,
  crossValidateCalibrator,
  type Elicitor,
  type FittedCalibrator,
  fitCalibrator,
  gradeSamples,
  shrunkDiscrimination,
} from "@quorate/confidence";
import { QuorateError } from "@quorate/core";
import { counted } from "../text/numbers.ts";
import { type FitTrace, fitSourceOf } from "./fit-sources.ts";
import { readTraces } from "./graded-trace.ts";

export interface CalibrateSignalOptions {
  readonly traces: readonly FitTrace[];
  readonly elicitor: Elicitor;
  readonly method: CalibrationMethodName;
  /** Of the method, where they are not its defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The day of the fit, as 2025-01-31. */
  readonly date: string;
  /** @default 5 */
  readonly folds?: number;
  readonly grading?: GraderSettings;
}

/** A fitted calibrator with what it was judged by. */
export interface SignalCalibration {
  readonly document: FittedCalibrator & { readonly signal: string; readonly crossValidated: CrossValidated };
  /** What was left out and what the figures do not say. */
  readonly notes: readonly string[];
}

/**
 * Fits a calibrator to one signal of recorded samples, and judges it on questions that its fit has not seen.
 *
 * @throws QuorateError `missing-signal` where no recording has the signal, `bad-input` for too little data
 */
export async function calibrateSignal(options: CalibrateSignalOptions): Promise<SignalCalibration> {
  const { traces, elicitor, method, parameters = {}, date, folds = 5, grading = {} } = options;
  requireSignal(traces, elicitor);
  const { questions, ungraded } = await readTraces(
    traces.map(({ trace }) => trace),
    grading,
  );
  const { scores, groups, leftOut } = gradeSamples(questions, elicitor);
  const source = fitSourceOf(traces, date);
  const fitted = fitCalibrator(method, scores, { ...source, parameters, signal: elicitor.name });
  const crossValidated = crossValidateCalibrator(method, scores, { groups, folds, parameters });
  const notes = [
    ...(ungraded > 0 ? [`${counted(ungraded, "question")} without a gold answer left out`] : []),
    ...(leftOut.abstentions > 0 ? [`${counted(leftOut.abstentions, "sample")} without an answer left out`] : []),
    ...(leftOut.absent > 0 ? [`${counted(leftOut.absent, "sample")} without the signal left out`] : []),
    ...(leftOut.censored > 0 ? [`${counted(leftOut.censored, "sample")} whose signal the server hid left out`] : []),
    weightNote(questions, elicitor),
  ];
  return { document: { ...fitted, signal: elicitor.name, crossValidated }, notes };
}

/** Calibration says nothing of that: a signal may know hard questions from easy ones, and no right answer from a wrong one. */
function weightNote(questions: Awaited<ReturnType<typeof readTraces>>["questions"], elicitor: Elicitor): string {
  const votes = questions.map(({ samples, isRight }) =>
    samples.flatMap(({ extraction, signals }) => {
      const score = elicitor.score(signals);
      if (extraction.kind === "abstention" || typeof score !== "number") return [];
      return [{ answer: extraction.answer, isRight: isRight(extraction.answer), confidence: score }];
    }),
  );
  const found = shrunkDiscrimination(votes);
  if (found === undefined) return "no question has right and wrong answers: nothing says whether to weigh votes by it";
  const { measured, standardError, shrunk } = found;
  const figures = `WQD ${measured.toFixed(3)} ± ${standardError.toFixed(3)}`;
  return shrunk > 0.5
    ? `within a question it tells right from wrong (${figures}): votes may be weighed by it`
    : `within a question it does not tell right from wrong (${figures}): leave every vote at one (weighting count)`;
}

function requireSignal(traces: readonly FitTrace[], { name, needs }: Elicitor): void {
  const lacking = traces.find(({ trace }) => !trace.signals.includes(needs));
  if (lacking === undefined) return;
  const { signals, path } = lacking.trace;
  throw new QuorateError({
    code: "missing-signal",
    what: `${path} has no ${needs}, which the signal ${name} is made of.`,
    hint: signals.length === 0 ? "It has no signal at all." : `It has: ${signals.join(", ")}.`,
  });
}
