import { setImmediate } from "node:timers/promises";
import type { GraderSettings } from "@quorate/answers";
import { type Policy, QuorateError } from "@quorate/core";
import type { ModelPrice, TraceFile } from "@quorate/providers";
import type { Evaluation } from "./evaluation.ts";
import { EvaluationSums } from "./evaluation-sums.ts";
import { fitPolicies, type SkippedPolicy } from "./fitted-policies.ts";
import type { LatencyModel } from "./latency-model.ts";
import { PreparedQuestion } from "./prepared-question.ts";
import { readEntry } from "./reading.ts";
import { traceNotesFor } from "./trace-notes.ts";

export interface EvaluateOptions {
  readonly trace: TraceFile;
  readonly policies: readonly Policy[];
  /** Samples of the full vote; a question with fewer samples has a smaller full vote. */
  readonly maxSamples: number;
  /** Orders of its samples in which each question is replayed. */
  readonly permutations: number;
  readonly seed: string | number;
  /** Samples that one request may carry. @default any number */
  readonly samplesPerRequest?: number;
  /** Name of the policy that the others are held against. @default the first that works on the trace */
  readonly baseline?: string;
  /** Replays each policy over the whole grid of its rule's parameter, for curves of samples against agreement. */
  readonly matched?: boolean;
  /** Whose prices make the dollars. Without it there are none. */
  readonly priced?: { readonly model: string; readonly price: ModelPrice | "unknown" };
  /** Without it there are no times. */
  readonly latency?: LatencyModel;
  /** SHA-256 of the trace's file, to be kept with the results. */
  readonly digest?: string;
  /** How answers are read where the trace holds texts. */
  readonly grading?: GraderSettings;
  readonly onProgress?: (progress: { readonly done: number; readonly questions: number }) => void;
  readonly signal?: AbortSignal;
}

/** So often others get their turn: timers, signals, the screen. */
const questionsPerTurn = 64;

/**
 * Replays policies on recorded samples through the reducer of the live loop. An order depends on nothing but seed, question
 * id and number of the permutation, and is the same for all policies. Policies that cannot work on the trace are listed
 * in `skipped`.
 *
 * @throws QuorateError `bad-option` for a count that is no positive integer, or a baseline that is none of the policies
 */
export async function evaluatePolicies(options: EvaluateOptions): Promise<Evaluation> {
  const { trace, policies, grading = {}, onProgress, signal } = options;
  const preparing = preparingFrom(options);
  requireKnown(options.baseline, policies);
  const { working, skipped, notes } = await fitPolicies(policies, trace);
  const elicitors = working.map(({ elicitor }) => elicitor);
  const sums = new EvaluationSums(working, options);
  const traceNotes = traceNotesFor(options);
  let done = 0;
  for await (const entry of trace) {
    signal?.throwIfAborted();
    const read = readEntry(entry, grading, elicitors);
    const question = new PreparedQuestion(read, entry.samples, preparing);
    sums.add(question);
    traceNotes.see(question);
    done += 1;
    if (done % questionsPerTurn === 0) {
      onProgress?.({ done, questions: trace.length });
      await setImmediate();
    }
  }
  onProgress?.({ done, questions: trace.length });
  const said = [...notes, ...aboutBaseline(options.baseline, skipped), ...traceNotes.lines()];
  return evaluationOf(options, sums, { questions: done, graded: traceNotes.graded, notes: said, skipped });
}

/** What is common to the replays of all questions. @throws QuorateError `bad-option` for a count that is no positive integer */
export function preparingFrom({ maxSamples, permutations, seed, samplesPerRequest, priced, latency }: EvaluateOptions) {
  if (samplesPerRequest !== undefined && samplesPerRequest !== Number.POSITIVE_INFINITY) {
    positive("samplesPerRequest", samplesPerRequest);
  }
  return {
    maxSamples: positive("maxSamples", maxSamples),
    permutations: positive("permutations", permutations),
    seed,
    ...(priced !== undefined && { price: priced.price }),
    ...(latency !== undefined && { latency }),
  };
}

/** The sums with what they were made from. */
export function evaluationOf(
  { trace, digest, permutations, maxSamples, seed, samplesPerRequest, priced, latency }: EvaluateOptions,
  sums: EvaluationSums,
  { questions, graded, notes, skipped }: Pick<Evaluation, "questions" | "graded" | "notes" | "skipped">,
): Evaluation {
  return {
    file: trace.path,
    ...(digest !== undefined && { digest }),
    questions,
    permutations,
    maxSamples,
    seed,
    ...(samplesPerRequest !== undefined && Number.isFinite(samplesPerRequest) && { samplesPerRequest }),
    graded,
    ...(priced !== undefined && { priced }),
    ...(latency !== undefined && { latency }),
    ...sums.results({ questions, graded }),
    notes,
    skipped,
  };
}

function requireKnown(baseline: string | undefined, policies: readonly Policy[]): void {
  if (baseline === undefined || policies.some(({ name }) => name === baseline)) return;
  throw new QuorateError({
    code: "bad-option",
    what: "The baseline is none of the policies.",
    seen: baseline,
    expected: policies.map(({ name }) => name).join(" or "),
  });
}

function aboutBaseline(baseline: string | undefined, skipped: readonly SkippedPolicy[]): string[] {
  const isSkipped = baseline !== undefined && skipped.some(({ policy }) => policy === baseline);
  return isSkipped
    ? [`the baseline ${baseline} cannot work here; differences are against the first policy that can`]
    : [];
}

export function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new QuorateError({
    code: "bad-option",
    what: `${name} is off.`,
    seen: value,
    expected: "an integer from 1 up",
  });
}
