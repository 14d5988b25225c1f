import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { type BilledUsage, usdFromPico } from "./price.ts";

/** One request for a completion, whatever became of it. */
export interface JournalEntry {
  /** Place in the journal, from 1; entries are in the order in which requests were settled. */
  readonly sequence: number;
  /** Place in the order of arrival, from 1. */
  readonly number: number;
  readonly requestId: string;
  /** When it was settled. */
  readonly time: string;
  readonly billed: boolean;
  readonly usd: number;
  /** What each generated choice says; `null` for one without an answer. Empty when nothing was generated. */
  readonly answers: readonly (string | null)[];
  /** Absent when no status line was sent. */
  readonly status?: number | undefined;
  readonly model?: string | undefined;
  readonly promptHash?: string | undefined;
  readonly key?: string | undefined;
  /** The number of this request among those for its prompt, from 1. */
  readonly attempt?: number | undefined;
  readonly n?: number | undefined;
  readonly stream?: boolean | undefined;
  readonly seed?: number | undefined;
  readonly firstSample?: number | undefined;
  readonly usage?: BilledUsage | undefined;
  /** A fault kind, or `invalid-request`, `unauthorized`, `unknown-model`, `rate-limited`. */
  readonly fault?: string | undefined;
  /** The client left, or the server closed, before the response was complete. */
  readonly aborted?: boolean | undefined;
  /** The client's own `x-client-request-id`. */
  readonly clientRequestId?: string | undefined;
  /** In memory only, with `keepRequests`. */
  readonly request?: { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown } | undefined;
}

export interface JournalTotals {
  readonly requests: number;
  readonly billedRequests: number;
  /** Generated choices of billed requests. */
  readonly billedSamples: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly usd: number;
  readonly aborted: number;
  readonly faults: Readonly<Record<string, number>>;
}

type NewEntry = Omit<JournalEntry, "sequence" | "usd" | "time"> & { readonly picoUsd: number };

/** What the server billed. The line of a request is in the file before the last byte of its response leaves. */
export class Journal {
  readonly #file: number | undefined;
  readonly #keep: number;
  #entries: JournalEntry[] = [];
  #sequence = 0;
  #pico = 0;
  #sums = emptySums();

  constructor(path: string | undefined, keep: number) {
    if (path !== undefined) mkdirSync(dirname(path), { recursive: true });
    this.#file = path === undefined ? undefined : openSync(path, "a");
    this.#keep = keep;
  }

  record({ picoUsd, ...given }: NewEntry): void {
    const entry: JournalEntry = {
      sequence: ++this.#sequence,
      time: new Date().toISOString(),
      usd: usdFromPico(picoUsd),
      ...given,
    };
    this.#pico += picoUsd;
    this.#count(entry);
    if (this.#file !== undefined) writeSync(this.#file, `${JSON.stringify({ ...entry, request: undefined })}\n`);
    this.#entries.push(entry);
    // Dropping half at once keeps the cost of dropping constant for each entry.
    if (this.#entries.length > 2 * this.#keep) this.#entries = this.#keep === 0 ? [] : this.#entries.slice(-this.#keep);
  }

  totals(): JournalTotals {
    return { ...this.#sums, faults: { ...this.#sums.faults }, usd: usdFromPico(this.#pico) };
  }

  /** Entries after a sequence number, oldest first. */
  entries(after = 0, limit = Number.POSITIVE_INFINITY): readonly JournalEntry[] {
    const oldest = this.#entries[0]?.sequence ?? 1;
    const from = Math.max(0, after + 1 - oldest);
    return this.#entries.slice(from, from + limit);
  }

  /** Forgets what is in memory; the file stays. */
  reset(): void {
    this.#entries = [];
    this.#sequence = 0;
    this.#pico = 0;
    this.#sums = emptySums();
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #count({ billed, usage, answers, fault, aborted }: JournalEntry): void {
    const sums = this.#sums;
    sums.requests++;
    if (aborted === true) sums.aborted++;
    if (fault !== undefined) sums.faults[fault] = (sums.faults[fault] ?? 0) + 1;
    if (!billed) return;
    sums.billedRequests++;
    sums.billedSamples += answers.length;
    sums.inputTokens += usage?.inputTokens ?? 0;
    sums.cachedInputTokens += usage?.cachedInputTokens ?? 0;
    sums.outputTokens += usage?.outputTokens ?? 0;
    sums.reasoningTokens += usage?.reasoningTokens ?? 0;
  }
}

function emptySums() {
  return {
    requests: 0,
    billedRequests: 0,
    billedSamples: 0,
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    aborted: 0,
    faults: {} as Record<string, number>,
  };
}
