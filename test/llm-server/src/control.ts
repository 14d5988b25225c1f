import type { Chat } from "./chat.ts";
import type { Journal, JournalEntry, JournalTotals } from "./journal.ts";
import { usdFromPico } from "./price.ts";

export interface PromptTotals {
  readonly promptHash: string;
  readonly model: string;
  readonly key?: string;
  /** All requests for this prompt, refused ones included. */
  readonly requests: number;
  /** How many times it was paid. */
  readonly paidRequests: number;
  readonly paidSamples: number;
  readonly usd: number;
}

export interface ServerTotals extends JournalTotals {
  /** Distinct prompts. */
  readonly prompts: number;
  /** Requests that were received and are not in the journal yet. */
  readonly open: number;
  readonly mostOpen: number;
}

export interface JournalPage {
  readonly totals: ServerTotals;
  readonly entries: readonly JournalEntry[];
  /** Pass as `after` for the next page; `null` when there is none. */
  readonly next: number | null;
}

const mostPerPage = 10_000;

/** What tests ask of the server beside its answers. */
export class Control {
  readonly #chat: Chat;
  readonly #journal: Journal;

  constructor(chat: Chat, journal: Journal) {
    this.#chat = chat;
    this.#journal = journal;
  }

  totals(): ServerTotals {
    const { now, most } = this.#chat.open;
    return { ...this.#journal.totals(), prompts: this.#chat.prompts.size, open: now, mostOpen: most };
  }

  prompts(): PromptTotals[] {
    return this.#chat.prompts.all().map(({ hash, model, key, requests, paidRequests, paidSamples, paidPicoUsd }) => ({
      promptHash: hash,
      model,
      ...(key === undefined ? {} : { key }),
      requests,
      paidRequests,
      paidSamples,
      usd: usdFromPico(paidPicoUsd),
    }));
  }

  page(query: URLSearchParams): JournalPage {
    const after = count(query.get("after"), 0);
    const limit = Math.min(mostPerPage, count(query.get("limit"), 1000));
    const entries = this.#journal.entries(after, limit + 1);
    const shown = entries.slice(0, limit);
    return {
      totals: this.totals(),
      entries: shown,
      next: entries.length > limit ? (shown.at(-1)?.sequence ?? after) : null,
    };
  }

  promptsPage(query: URLSearchParams): { readonly prompts: readonly PromptTotals[]; readonly next: number | null } {
    const after = count(query.get("after"), 0);
    const limit = Math.min(mostPerPage, count(query.get("limit"), 1000));
    const prompts = this.prompts();
    return {
      prompts: prompts.slice(after, after + limit),
      next: after + limit < prompts.length ? after + limit : null,
    };
  }

  reset(): void {
    this.#journal.reset();
    this.#chat.reset();
  }
}

function count(text: string | null, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 0 ? value : fallback;
}
