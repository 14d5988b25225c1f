import { setImmediate } from "node:timers/promises";
import type { Allocator } from "@quorate/core";
import { Contender } from "./contender.ts";
import { type Ending, endingOf } from "./ending.ts";
import { type EvaluateOptions, evaluationOf, positive, preparingFrom } from "./evaluate-policies.ts";
import type { Evaluation } from "./evaluation.ts";
import { EvaluationSums } from "./evaluation-sums.ts";
import { type FittedPolicy, fitPolicies } from "./fitted-policies.ts";
import { PreparedQuestion } from "./prepared-question.ts";
import { readEntry } from "./reading.ts";
import { replayTogether } from "./replay-together.ts";
import { traceNotesFor } from "./trace-notes.ts";

export interface EvaluateAllocationsOptions extends Omit<EvaluateOptions, "matched" | "baseline"> {
  /** Samples of all questions together. */
  readonly totalSamples: number;
  readonly allocators: readonly Allocator[];
}

/**
 * As `evaluatePolicies`, with one budget of samples for all questions together, spent as each allocator says: a row for each
 * policy and allocator. Keeps all questions in memory.
 *
 * @throws QuorateError `bad-option` for a count that is no positive integer
 */
export async function evaluateAllocations(options: EvaluateAllocationsOptions): Promise<Evaluation> {
  const { trace, policies, allocators, grading = {}, signal, onProgress } = options;
  const totalSamples = positive("totalSamples", options.totalSamples);
  const preparing = preparingFrom(options);
  const { working, skipped, notes } = await fitPolicies(policies, trace);
  const elicitors = working.map(({ elicitor }) => elicitor);
  const traceNotes = traceNotesFor(options);
  const questions: PreparedQuestion[] = [];
  for await (const entry of trace) {
    signal?.throwIfAborted();
    const read = readEntry(entry, grading, elicitors);
    const question = new PreparedQuestion(read, entry.samples, preparing);
    traceNotes.see(question);
    questions.push(question);
  }
  const rows = working.flatMap((fitted) =>
    allocators.map((allocator) => ({ fitted: named(fitted, allocator), allocator })),
  );
  const endings = new Map<FittedPolicy, ReadonlyMap<PreparedQuestion, readonly Ending[]>>();
  for (const { fitted, allocator } of rows) {
    signal?.throwIfAborted();
    endings.set(fitted, endingsTogether(fitted, questions, allocator, totalSamples, options.permutations));
    const done = Math.floor((questions.length * endings.size) / rows.length);
    onProgress?.({ done, questions: questions.length });
    await setImmediate();
  }
  const sums = new EvaluationSums(
    rows.map(({ fitted }) => fitted),
    options,
    (fitted) => new AllocatedContender(fitted, endings.get(fitted)!),
  );
  for (const question of questions) sums.add(question);
  const said = [shareNote(totalSamples, questions.length), ...notes, ...traceNotes.lines()];
  return evaluationOf(options, sums, { questions: questions.length, graded: traceNotes.graded, notes: said, skipped });
}

/** Its endings depend on all questions together, and are known before. */
class AllocatedContender extends Contender {
  readonly #endings: ReadonlyMap<PreparedQuestion, readonly Ending[]>;

  constructor(fitted: FittedPolicy, endings: ReadonlyMap<PreparedQuestion, readonly Ending[]>) {
    super(fitted, 0);
    this.#endings = endings;
  }

  override endings(question: PreparedQuestion): readonly Ending[] {
    return this.#endings.get(question)!;
  }
}

function endingsTogether(
  fitted: FittedPolicy,
  questions: readonly PreparedQuestion[],
  allocator: Allocator,
  totalSamples: number,
  permutations: number,
): ReadonlyMap<PreparedQuestion, readonly Ending[]> {
  const endings = new Map<PreparedQuestion, Ending[]>(questions.map((question) => [question, []]));
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    const sharing = questions.map((question) => ({
      limits: question.limits,
      ballots: question.ballotsFor(fitted).ballots,
      order: question.orders[permutation]!.order,
    }));
    const replayed = replayTogether(fitted.compiled, sharing, { allocator, totalSamples });
    replayed.forEach((each, place) => {
      const question = questions[place]!;
      endings.get(question)!.push(endingOf(each, question.orders[permutation]!));
    });
  }
  return endings;
}

function named(fitted: FittedPolicy, allocator: Allocator): FittedPolicy {
  const { compiled } = fitted;
  const policy = { ...compiled.policy, name: `${compiled.policy.name}, ${allocator.name}` };
  return { ...fitted, compiled: { ...compiled, policy } };
}

function shareNote(totalSamples: number, questions: number): string {
  const each = questions === 0 ? 0 : totalSamples / questions;
  return `all questions share ${totalSamples} samples, ${each.toFixed(2)} each on average`;
}
