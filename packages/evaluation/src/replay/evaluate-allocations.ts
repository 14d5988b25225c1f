import { setImmediate } from "node:timers/promises";
import { type Allocator, compilePolicy, presetNamed } from "@quorate/core";
import { seededPermutation } from "@quorate/providers";
import { type SymbolTable, symbolTable } from "./ballots.ts";
import { type EvaluateOptions, positive } from "./evaluate-policies.ts";
import type { Evaluation } from "./evaluation.ts";
import { fitPolicies } from "./fitted-policies.ts";
import { outcomeOf } from "./outcome.ts";
import { type ReadEntry, readEntry } from "./reading.ts";
import { replay } from "./replay.ts";
import { replayTogether } from "./replay-together.ts";
import { ScoreKeeper } from "./score-keeper.ts";
import { TraceNotes } from "./trace-notes.ts";

export interface EvaluateAllocationsOptions extends EvaluateOptions {
  /** Samples of all questions together. */
  readonly totalSamples: number;
  readonly allocators: readonly Allocator[];
}

const fullVote = compilePolicy(presetNamed("sc"));
const noEstimate = () => undefined;

/**
 * As `evaluatePolicies`, with one budget of samples for all questions together, spent as each allocator says: a row for each
 * policy and allocator. Keeps all questions in memory.
 *
 * @throws QuorateError `bad-option` for a count that is no positive integer
 */
export async function evaluateAllocations(options: EvaluateAllocationsOptions): Promise<Evaluation> {
  const { trace, policies, permutations, maxSamples, seed, allocators, grading = {}, signal, onProgress } = options;
  const { samplesPerRequest = Number.POSITIVE_INFINITY } = options;
  const totalSamples = positive("totalSamples", options.totalSamples);
  positive("maxSamples", maxSamples);
  positive("permutations", permutations);
  const { working, skipped, notes } = await fitPolicies(policies, trace);
  const traceNotes = new TraceNotes(maxSamples);
  const entries: ReadEntry[] = [];
  for await (const entry of trace) {
    signal?.throwIfAborted();
    const read = readEntry(entry, grading);
    traceNotes.see(read.question, read.samples.length);
    entries.push(read);
  }
  const limits = entries.map(({ question: { options: listed }, samples }) => ({
    maxSamples: Math.min(maxSamples, samples.length),
    ...(listed !== undefined && { optionCount: listed.length }),
  }));
  const rows = working.flatMap(({ compiled, estimate }) => {
    const tables = entries.map(({ samples }) => symbolTable(samples, estimate));
    return allocators.map((allocator) => ({
      compiled,
      tables,
      allocator,
      keeper: new ScoreKeeper(`${compiled.policy.name}, ${allocator.name}`),
    }));
  });
  const votes: SymbolTable[] = entries.map(({ samples }) => symbolTable(samples, noEstimate));
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    signal?.throwIfAborted();
    const orders = entries.map(({ question, samples }) =>
      seededPermutation(samples.length, seed, question.id, permutation),
    );
    const full = orders.map(
      (order, place) => replay(fullVote, limits[place]!, votes[place]!, order, samplesPerRequest).decision.answer,
    );
    for (const { compiled, tables, allocator, keeper } of rows) {
      const questions = orders.map((order, place) => ({ order, limits: limits[place]!, table: tables[place]! }));
      const replayed = replayTogether(compiled, questions, { allocator, totalSamples, samplesPerRequest });
      replayed.forEach((each, place) => {
        const { question, isRight } = entries[place]!;
        keeper.add(outcomeOf(each, isRight), full[place]!, question.group ?? question.id);
      });
      await setImmediate();
    }
    onProgress?.({ done: Math.floor((entries.length * (permutation + 1)) / permutations), questions: entries.length });
  }
  return {
    file: trace.path,
    questions: entries.length,
    permutations,
    maxSamples,
    seed,
    notes: [shareNote(totalSamples, entries.length), ...notes, ...traceNotes.lines()],
    policies: entries.length === 0 ? [] : rows.map(({ keeper }) => keeper.score(seed)),
    skipped,
  };
}

function shareNote(totalSamples: number, questions: number): string {
  const each = questions === 0 ? 0 : totalSamples / questions;
  return `all questions share ${totalSamples} samples, ${each.toFixed(2)} each on average`;
}
