import { type CalibrationMethodName, elicitorForSignal, type OptionCalibrator, signalName } from "@quorate/confidence";
import { QuorateError, setParameter } from "@quorate/core";
import {
  type CalibrationReport,
  calibrateDecision,
  calibrateOptions,
  calibrateSignal,
  calibrationLines,
  type FitTrace,
  fileDigest,
} from "@quorate/evaluation";
import { openTrace } from "@quorate/providers";
import { exitCodes } from "../exit-codes.ts";
import { safeJson, safeText } from "../screen/safe-text.ts";
import { type ConfidenceOptions, withConfidence } from "../setup/calibration.ts";
import { type GradingOptions, gradingFrom } from "../setup/grading.ts";
import { openOutFile } from "../setup/out-file.ts";
import { policyNamed } from "../setup/policy.ts";

export interface CalibrateOptions extends GradingOptions, Omit<ConfidenceOptions, "abstainBelow"> {
  readonly signal?: string;
  readonly method?: CalibrationMethodName;
  readonly unsupervised?: "daca";
  readonly reference?: string;
  readonly form?: OptionCalibrator["map"]["form"];
  readonly decision?: boolean;
  readonly policy?: string;
  readonly maxSamples?: number;
  readonly permutations: number;
  readonly isotonic?: boolean;
  readonly set?: readonly string[];
  readonly folds: number;
  readonly seed: number;
  readonly out?: string;
  readonly policyOut?: string;
  readonly json?: boolean;
}

/** What was fitted, for a person and for a program. */
interface Outcome {
  readonly document: object;
  readonly policy?: object;
  readonly report: CalibrationReport;
  readonly json: object;
  /** How a run uses it. */
  readonly use: string;
}

interface Input {
  readonly traces: readonly FitTrace[];
  readonly date: string;
  readonly options: CalibrateOptions;
}

const widestTable = 100;

/** Fits a confidence on recorded samples, says what it is worth on questions that the fit has not seen, and writes it. */
export async function calibrate(paths: readonly string[], options: CalibrateOptions): Promise<number> {
  const fit = kindOf(options);
  const inputs = [...paths, ...(options.reference === undefined ? [] : [options.reference])];
  const out = options.out === undefined ? undefined : await openOutFile(options.out, inputs);
  const policyOut = options.policyOut === undefined ? undefined : await openOutFile(options.policyOut, inputs);
  const traces = await opened(paths);
  try {
    const outcome = await fit({ traces, date: new Date().toISOString().slice(0, 10), options });
    await out?.write(`${JSON.stringify(outcome.document, undefined, 2)}\n`);
    if (outcome.policy !== undefined) await policyOut?.write(`${JSON.stringify(outcome.policy, undefined, 2)}\n`);
    const text =
      options.json === true
        ? safeJson({ ...(options.out !== undefined && { out: options.out }), ...outcome.json })
        : [...calibrationLines(outcome.report, width()), ...writtenLines(options, outcome.use)].join("\n");
    process.stdout.write(`${text}\n`);
  } finally {
    for (const { trace } of traces) await trace.close();
  }
  return exitCodes.allDecided;
}

function width(): number {
  return Math.min(widestTable, process.stdout.columns ?? widestTable);
}

function writtenLines({ out, policyOut }: CalibrateOptions, use: string): string[] {
  return [
    "",
    ...(out === undefined ? ["nothing written: name a file with --out"] : [`written to ${out}: ${use}`]),
    ...(policyOut === undefined ? [] : [`the policy with it is in ${policyOut}`]),
  ];
}

async function opened(paths: readonly string[]): Promise<FitTrace[]> {
  const onWarning = (message: string): void => void process.stderr.write(`warning: ${safeText(message)}\n`);
  const traces: FitTrace[] = [];
  for (const path of paths)
    traces.push({ trace: await openTrace(path, { onWarning }), digest: await fileDigest(path) });
  return traces;
}

/** One of three kinds, and no option of another. */
function kindOf({ signal, unsupervised, decision, policyOut }: CalibrateOptions): (input: Input) => Promise<Outcome> {
  const wanted = [
    ...(signal === undefined ? [] : [ofSignal]),
    ...(unsupervised === undefined ? [] : [ofOptions]),
    ...(decision === true ? [ofDecision] : []),
  ];
  if (wanted.length !== 1) {
    throw new QuorateError({
      code: "bad-option",
      what: "What is to be calibrated?",
      expected: "one of --signal NAME, --decision, --unsupervised daca",
    });
  }
  if (policyOut !== undefined && decision !== true) {
    throw new QuorateError({ code: "bad-option", what: "--policy-out goes with --decision." });
  }
  return wanted[0]!;
}

async function ofSignal({ traces, date, options }: Input): Promise<Outcome> {
  const { method = "platt", folds, set = [], out = "FILE" } = options;
  const elicitor = elicitorForSignal(options.signal!);
  const parameters = Object.fromEntries(set.map(parameter));
  const grading = await gradingFrom(options);
  const { document, notes } = await calibrateSignal({ traces, elicitor, method, parameters, date, folds, grading });
  const { fittedOn, crossValidated } = document;
  const { before, after, groups } = crossValidated;
  return {
    document,
    json: { ...document, notes },
    report: {
      title: `${signalName(elicitor)} by ${method}: ${fittedOn.count} samples of ${fittedOn.file}, ${fittedOn.right} right`,
      figures: [
        ["before", before],
        ["after", after],
      ],
      about: `Over ${groups} questions or groups of them, each judged by a fit on the other ${folds - 1} of ${folds} parts.`,
      notes,
    },
    use: `quorate run --confidence ${elicitor.name} --calibrator ${out}`,
  };
}

async function ofDecision({ traces, date, options }: Input): Promise<Outcome> {
  const { maxSamples, permutations, seed, folds, isotonic = false, set = [], out = "FILE" } = options;
  if (options.policy === undefined || maxSamples === undefined) {
    throw new QuorateError({ code: "bad-option", what: "--decision needs --policy and --max-samples." });
  }
  const policy = withConfidence(set.reduce(setParameter, policyNamed(options.policy)), options);
  const grading = await gradingFrom(options);
  const fit = { traces, policy, maxSamples, permutations, seed, date, folds, isotonic, grading };
  const { document, policy: carrying, support, questions, notes } = await calibrateDecision(fit);
  const { crossValidated, fittedOn } = document;
  return {
    document,
    policy: carrying,
    json: { ...document, questions, support, notes },
    report: {
      title: `decisions of ${policy.name}, full vote of ${maxSamples}: ${fittedOn.count} on ${questions} questions of ${fittedOn.file}, ${fittedOn.right} right`,
      figures: [
        ["support", support],
        ["P(right)", crossValidated],
      ],
      about: `Support is the answer's share of the vote. P(right) over ${crossValidated.groups} questions or groups of them, each judged by a fit on the other ${folds - 1} of ${folds} parts.`,
      notes,
    },
    use: `quorate run --policy ${options.policy} --max-samples ${maxSamples} --calibrator ${out}`,
  };
}

async function ofOptions({ traces, date, options }: Input): Promise<Outcome> {
  const { reference, form = "temperature" } = options;
  if (reference === undefined) {
    throw new QuorateError({
      code: "bad-option",
      what: "--unsupervised daca needs --reference TRACE: the same questions to the model before it was post-trained.",
    });
  }
  const grading = await gradingFrom(options);
  const [other] = await opened([reference]);
  try {
    const { document, figures, notes } = await calibrateOptions({ traces, reference: other!, form, date, grading });
    return {
      document,
      json: { ...document, ...figures, notes },
      report: {
        title: `option probabilities by DACA (${form}), without labels`,
        figures:
          figures === undefined
            ? []
            : [
                ["before", figures.before],
                ["after", figures.after],
              ],
        about:
          figures === undefined
            ? "No gold answers: nothing says how good it is."
            : "Judged with gold answers, which the fit has not seen.",
        notes,
      },
      use: "parseOptionCalibrator of @quorate/confidence reads it; a run does not",
    };
  } finally {
    await other?.trace.close();
  }
}

/** `on=score`, `bins=10`: JSON where it is JSON, else text. */
function parameter(assignment: string): [string, unknown] {
  const equals = assignment.indexOf("=");
  if (equals <= 0) {
    throw new QuorateError({ code: "bad-option", what: "A parameter is set as name=value.", seen: assignment });
  }
  const text = assignment.slice(equals + 1);
  try {
    return [assignment.slice(0, equals), JSON.parse(text)];
  } catch {
    return [assignment.slice(0, equals), text];
  }
}
