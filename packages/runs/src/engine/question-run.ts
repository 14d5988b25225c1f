import { type Grader, isRight } from "@quorate/answers";
import {
  type Answer,
  type Audit,
  advance,
  type CompiledPolicy,
  type Decision,
  type Limit,
  openQuestion,
  type Question,
  type QuestionState,
  type Sample,
  type Step,
} from "@quorate/core";
import type { CallContext, RecordedSample, SampleOutcome, SampleRequest } from "@quorate/providers";
import type { DecisionLine } from "../storage/decision-line.ts";
import { decisionLine } from "./decision-of.ts";
import { elicited } from "./elicitation.ts";
import type { Engine } from "./engine.ts";
import { QuestionFollowUps } from "./follow-ups.ts";
import { type Arrival, QuestionBooks } from "./question-books.ts";
import { reusedSample, sampleOf } from "./reading.ts";
import { sampleRequestFor } from "./sample-request.ts";

export interface QuestionOutcome {
  readonly decision: DecisionLine;
  /** What came before the audit was complete: the decision stands without it. */
  readonly auditEndedBy?: Limit;
}

/**
 * Takes one question from its first wave to its decision, and through its audit where it is chosen for one: carries out the
 * reducer's commands and reports what came of them.
 */
export async function runQuestion(engine: Engine, index: number, question: Question): Promise<QuestionOutcome> {
  const run = new QuestionRun(engine, index, question);
  const decision = await run.decide();
  const fullVote = engine.auditOf(index);
  if (fullVote === undefined || decision.interim === true) return { decision };
  const audit = await run.audit(decision, fullVote);
  return typeof audit === "string" ? { decision, auditEndedBy: audit } : { decision: { ...decision, audit } };
}

class QuestionRun {
  readonly #engine: Engine;
  readonly #index: number;
  readonly #question: Question;
  readonly #grader: Grader;
  readonly #request: SampleRequest;
  readonly #startedAtMs: number;
  /** Only where waves speculate is there something of a question to cancel while the run goes on. */
  #cancelling: AbortController | undefined;
  readonly #waves: Promise<void>[] = [];
  #recorded: ReadonlyMap<number, RecordedSample> = new Map();
  #reusable: ReadonlyMap<number, RecordedSample> = new Map();
  #firstWave = 0;
  #state: QuestionState;
  #decision: Decision | undefined;
  readonly #books: QuestionBooks;
  readonly #followUps: QuestionFollowUps | undefined;

  constructor(engine: Engine, index: number, question: Question) {
    const { plan, compiled } = engine;
    this.#engine = engine;
    this.#index = index;
    this.#question = question;
    this.#grader = engine.graderFor(question);
    this.#books = new QuestionBooks(engine, index, this.#grader);
    this.#startedAtMs = engine.clock.now();
    this.#cancelling = plan.limits.speculate > 0 ? new AbortController() : undefined;
    this.#request = sampleRequestFor(engine, question);
    this.#followUps = this.#openFollowUps();
    this.#state = this.#opened(compiled, plan.limits.speculate);
  }

  #openFollowUps(): QuestionFollowUps | undefined {
    const { followUps, journal, ledger } = this.#engine;
    if (followUps === undefined) return undefined;
    return new QuestionFollowUps(followUps, {
      index: this.#index,
      question: this.#question,
      request: this.#request,
      journal,
      ledger,
      paid: (usage, costUsd) => this.#books.pay(usage, costUsd),
    });
  }

  #opened(compiled: CompiledPolicy, speculate: number): QuestionState {
    const { plan, provider } = this.#engine;
    const { options } = this.#question;
    const available = provider.available?.(this.#question) ?? plan.limits.maxSamples;
    return openQuestion(compiled, {
      maxSamples: Math.min(plan.limits.maxSamples, available),
      ...(options !== undefined && { optionCount: options.length }),
      speculate,
      isAllocated: this.#engine.admission !== undefined,
    });
  }

  async decide(): Promise<DecisionLine> {
    const { journal, clock } = this.#engine;
    this.#recorded = byIndex(await journal.earlierSamples(this.#question.id));
    this.#reusable = byIndex(await this.#engine.reusable(this.#question));
    this.#followUps?.load(await journal.earlierCalls(this.#question.id));
    const decision = await this.#toTheEnd();
    return decisionLine(this.#question, decision, this.#grader, {
      ...this.#books.spent,
      latencyMs: clock.now() - this.#startedAtMs,
      error: this.#books.failure,
      followUps: this.#books.followUps,
    });
  }

  /**
   * The same question under the full vote, on the samples that the decision had and as many more as that takes. Where the
   * decision is proven to be the full vote's, nothing is drawn. The limit that came first, where one did.
   */
  async audit(decision: DecisionLine, fullVote: CompiledPolicy): Promise<Audit | Limit> {
    const { gold } = this.#question;
    const graded = (answer: Answer | null) =>
      gold === undefined ? {} : { correct: answer !== null && isRight(answer, gold, this.#grader) };
    if (decision.certificate === "curtailed") {
      return { answer: decision.answer, agrees: true, ...graded(decision.answer), samples: 0 };
    }
    this.#recorded = new Map([...this.#recorded, ...this.#books.beginAudit()]);
    this.#firstWave = decision.rounds;
    this.#cancelling = undefined;
    this.#state = this.#opened(fullVote, 0);
    const { answer, interim, reason } = await this.#toTheEnd();
    if (interim === true) return reason as Limit;
    const { usage, costUsd } = this.#books.spent;
    return {
      answer,
      agrees: answer === decision.answer,
      ...graded(answer),
      samples: this.#books.newSamples,
      ...(usage !== undefined && { usage }),
      ...(costUsd !== undefined && { costUsd }),
    };
  }

  async #toTheEnd(): Promise<Decision> {
    const { signal } = this.#engine;
    const forward = (): void => this.#cancelling?.abort(signal.reason);
    if (this.#cancelling !== undefined) signal.addEventListener("abort", forward);
    this.#decision = undefined;
    try {
      this.#follow(advance(this.#state, { type: "question-opened" }));
      await this.#allWaves();
    } finally {
      signal.removeEventListener("abort", forward);
    }
    if (this.#decision === undefined) throw new Error(`question ${this.#index} ended without a decision`);
    return this.#decision;
  }

  /** Waves that speculate overlap. When one breaks, the others are ended before the error goes on. */
  async #allWaves(): Promise<void> {
    try {
      for (let wave = this.#waves.shift(); wave !== undefined; wave = this.#waves.shift()) await wave;
    } catch (error) {
      this.#cancelling?.abort(error);
      await Promise.allSettled(this.#waves);
      throw error;
    }
  }

  #follow({ state, commands }: Step): void {
    this.#state = state;
    for (const command of commands) {
      if (command.type === "decide") this.#decision = command.decision;
      else if (command.type === "cancel") this.#cancelling?.abort();
      else if (command.type === "launch") this.#launch(this.#firstWave + command.wave, command.indexes);
      else this.#push(this.#ask(command.samples));
    }
  }

  /** What was paid for before is no one's to grant; the rest waits for its turn. */
  async #ask(samples: number): Promise<void> {
    const first = this.#state.launched;
    let atHand = 0;
    while (atHand < samples && this.#recorded.has(first + atHand)) atHand += 1;
    if (atHand > 0) {
      this.#follow(advance(this.#state, { type: "wave-granted", samples: atHand }));
      return;
    }
    const granted = await this.#engine.admission!.grant(this.#index, samples, this.#state);
    if (granted === 0) {
      this.#reach(this.#engine.stopping() ?? "budget");
      return;
    }
    try {
      const earlier = this.#waves.length;
      this.#follow(advance(this.#state, { type: "wave-granted", samples: granted }));
      // The wave that this launched; what it leads to is a turn of its own.
      await this.#waves[earlier];
    } finally {
      this.#engine.admission!.waveEnded(granted);
    }
  }

  #launch(wave: number, indexes: readonly number[]): void {
    const missing = indexes.filter((index) => !this.#recorded.has(index) && !this.#reusable.has(index));
    const limit = this.#engine.stopping();
    if (limit !== undefined && missing.length > 0) {
      this.#reach(limit);
      return;
    }
    this.#engine.emit({ type: "wave-launched", question: this.#index, wave, samples: missing.length });
    this.#push(this.#wave(wave, indexes, missing));
  }

  #push(running: Promise<void>): void {
    // Awaited in turn; until then a failure must not count as unhandled.
    running.catch(() => {});
    this.#waves.push(running);
  }

  async #wave(wave: number, indexes: readonly number[], missing: readonly number[]): Promise<void> {
    const arrivals: Arrival[] = [];
    const samples: Sample[] = [];
    const asking: Promise<void>[] = [];
    let limit: Limit | undefined;
    const stopFor = (interruption: "unaffordable" | "cancelled"): void => {
      if (interruption === "unaffordable") limit = "budget";
      else limit ??= this.#engine.stopping();
    };
    const followUp = (followUps: QuestionFollowUps, sample: Sample, ofWave: readonly Sample[]): void => {
      const following = followUps.follow(sample, ofWave, this.#callContext()).then((followed) => {
        if (typeof followed === "string") stopFor(followed);
        else arrivals.push(this.#books.note(followed, followUps));
      });
      // Awaited below; until then a failure must not count as unhandled.
      following.catch(() => {});
      asking.push(following);
    };
    const take = (sample: Sample): void => {
      samples.push(sample);
      if (this.#followUps === undefined) arrivals.push(this.#books.note(sample, undefined));
      else if (!this.#followUps.needsWave) followUp(this.#followUps, sample, [sample]);
    };
    try {
      for (const sample of this.#atHand(wave, indexes)) take(sample);
      if (missing.length > 0) {
        for await (const { index, outcome } of this.#sampling(missing)) {
          const sample = this.#receive(outcome, index, wave);
          if (typeof sample === "string") stopFor(sample);
          else if (sample !== undefined) take(sample);
          if (this.#state.speculate > 0) await this.#count(arrivals);
        }
      }
      if (this.#followUps?.needsWave === true) {
        for (const sample of samples) followUp(this.#followUps, sample, samples);
      }
      await Promise.all(asking);
    } finally {
      await Promise.allSettled(asking);
    }
    await this.#count(arrivals);
    if (limit !== undefined) this.#reach(limit);
  }

  #sampling(indexes: readonly number[]): ReturnType<Engine["provider"]["sample"]> {
    const { provider, ledger, limiter } = this.#engine;
    const context = { ...this.#callContext(), ledger: ledger.forQuestion(this.#index), limiter };
    return provider.sample(this.#request, indexes, context);
  }

  #callContext(): Omit<CallContext, "ledger" | "limiter"> {
    const { clock, random, signal, lastCall } = this.#engine;
    return { signal: this.#cancelling?.signal ?? signal, lastCall, clock, random };
  }

  /** Samples of this wave that were paid for before. */
  #atHand(wave: number, indexes: readonly number[]): Sample[] {
    const samples: Sample[] = [];
    for (const index of indexes) {
      const recorded = this.#recorded.get(index);
      const reused = this.#reusable.get(index);
      if (recorded !== undefined) samples.push(recorded);
      else if (reused !== undefined) samples.push(this.#record({ ...reusedSample(reused, wave, this.#grader), index }));
    }
    return samples;
  }

  #receive(outcome: SampleOutcome, index: number, wave: number): Sample | "unaffordable" | "cancelled" | undefined {
    switch (outcome.kind) {
      case "response":
      case "failed":
        if (this.#engine.endsRun(outcome)) return "cancelled";
        return this.#record(sampleOf(outcome, index, wave, this.#grader));
      case "exhausted":
        this.#follow(advance(this.#state, { type: "supply-ended", available: outcome.available }));
        return undefined;
      case "unaffordable":
      case "cancelled":
        return outcome.kind;
    }
  }

  #record(response: Sample): Sample {
    const sample = elicited(response, this.#engine, this.#question);
    this.#engine.journal.append(this.#index, this.#question, sample);
    return sample;
  }

  /** Votes count once they are safe. */
  async #count(arrivals: Arrival[]): Promise<void> {
    if (arrivals.length === 0) return;
    await this.#engine.journal.flushed();
    for (const { index, ballot } of arrivals.splice(0)) {
      this.#follow(advance(this.#state, { type: "sample-recorded", index, ballot }));
    }
  }

  #reach(limit: Limit): void {
    this.#follow(advance(this.#state, { type: "limit-reached", limit }));
  }
}

function byIndex(samples: readonly RecordedSample[]): ReadonlyMap<number, RecordedSample> {
  return new Map(samples.map((sample) => [sample.index, sample]));
}
