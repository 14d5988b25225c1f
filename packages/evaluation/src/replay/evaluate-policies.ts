import { setImmediate } from "node:timers/promises";
import type { GraderSettings } from "@quorate/answers";
import { compilePolicy, type Policy, presetNamed, QuorateError } from "@quorate/core";
import { seededPermutation, type TraceFile } from "@quorate/providers";
import { type SymbolTable, symbolTable } from "./ballots.ts";
import type { Evaluation } from "./evaluation.ts";
import { type FittedPolicies, fitPolicies } from "./fitted-policies.ts";
import { replayer } from "./outcome.ts";
import { type ReadEntry, readEntry } from "./reading.ts";
import { ScoreKeeper } from "./score-keeper.ts";
import { TraceNotes } from "./trace-notes.ts";

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
  /** How answers are read where the trace holds texts. */
  readonly grading?: GraderSettings;
  readonly onProgress?: (progress: { readonly done: number; readonly questions: number }) => void;
  readonly signal?: AbortSignal;
}

/** So often others get their turn: timers, signals, the screen. */
const questionsPerTurn = 64;

const fullVote = compilePolicy(presetNamed("sc"));
const noEstimate = () => undefined;

/**
 * Replays policies on recorded samples through the reducer of the live loop. An order depends on nothing but seed, question
 * id and number of the permutation, and is the same for all policies. Policies that cannot work on the trace are listed
 * in `skipped`.
 *
 * @throws QuorateError `bad-option` for a count that is no positive integer
 */
export async function evaluatePolicies(options: EvaluateOptions): Promise<Evaluation> {
  const { trace, policies, seed, grading = {}, onProgress, signal } = options;
  const maxSamples = positive("maxSamples", options.maxSamples);
  const permutations = positive("permutations", options.permutations);
  const { samplesPerRequest = Number.POSITIVE_INFINITY } = options;
  if (samplesPerRequest !== Number.POSITIVE_INFINITY) positive("samplesPerRequest", samplesPerRequest);
  const { working, skipped, notes } = await fitPolicies(policies, trace);
  const keepers = working.map(({ compiled }) => new ScoreKeeper(compiled.policy.name));
  const traceNotes = new TraceNotes(maxSamples);
  let done = 0;
  for await (const entry of trace) {
    signal?.throwIfAborted();
    const read = readEntry(entry, grading);
    scoreEntry(read, working, keepers, { maxSamples, permutations, seed, samplesPerRequest });
    traceNotes.see(read.question, read.samples.length);
    done += 1;
    if (done % questionsPerTurn === 0) {
      onProgress?.({ done, questions: trace.length });
      await setImmediate();
    }
  }
  onProgress?.({ done, questions: done });
  return {
    file: trace.path,
    questions: done,
    permutations,
    maxSamples,
    seed,
    notes: [...notes, ...traceNotes.lines()],
    policies: done === 0 ? [] : keepers.map((keeper) => keeper.score(seed)),
    skipped,
  };
}

type Counts = Required<Pick<EvaluateOptions, "maxSamples" | "permutations" | "seed" | "samplesPerRequest">>;

function scoreEntry(
  { question, samples, isRight }: ReadEntry,
  working: FittedPolicies["working"],
  keepers: readonly ScoreKeeper[],
  { maxSamples, permutations, seed, samplesPerRequest }: Counts,
): void {
  const group = question.group ?? question.id;
  const optionCount = question.options?.length;
  const limits = {
    maxSamples: Math.min(maxSamples, samples.length),
    ...(optionCount !== undefined && { optionCount }),
  };
  const tables = new Map<string, SymbolTable>();
  const replayers = working.map(({ compiled, confidenceKey, estimate }) => {
    const table = tables.get(confidenceKey) ?? symbolTable(samples, estimate);
    tables.set(confidenceKey, table);
    return replayer(compiled, limits, table, samplesPerRequest, isRight);
  });
  const reference = replayer(fullVote, limits, symbolTable(samples, noEstimate), samplesPerRequest);
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    const order = seededPermutation(samples.length, seed, question.id, permutation);
    const { answer } = reference(order);
    replayers.forEach((decide, place) => {
      keepers[place]!.add(decide(order), answer, group);
    });
  }
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
