import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Chat } from "./chat.ts";
import { Control, type PromptTotals, type ServerTotals } from "./control.ts";
import { createHttpServer } from "./http.ts";
import { Journal, type JournalEntry } from "./journal.ts";
import { type LlmServerOptions, parseOptions } from "./options.ts";

export interface LlmServer {
  /** The base URL for clients: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  readonly port: number;
  /** Sums over every request since the start or the last reset. */
  journal(): ServerTotals;
  /** The entries in memory, oldest first. */
  entries(): readonly JournalEntry[];
  /** By prompt and model: how often it was asked for and paid. */
  prompts(): readonly PromptTotals[];
  /** Forgets journal, sample numbers, fault counts and rate windows. */
  reset(): void;
  /** Ends open responses at once; their generations are not billed, streams are for what was sent. */
  close(): Promise<void>;
}

/** Starts a fake LLM server in this process, on a free port of the loopback interface unless told otherwise. */
export async function startLlmServer(given: LlmServerOptions = {}): Promise<LlmServer> {
  const options = parseOptions(given);
  const journal = new Journal(options.journal, options.keepEntries);
  const chat = new Chat(options, journal);
  const control = new Control(chat, journal);
  const server = createHttpServer(options, chat, control);
  try {
    server.listen(options.port, options.host);
    await once(server, "listening");
  } catch (error) {
    journal.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${options.host}:${port}/v1`,
    port,
    journal: () => control.totals(),
    entries: () => journal.entries(),
    prompts: () => control.prompts(),
    reset: () => control.reset(),
    close: () => (closing ??= close()),
  };

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    chat.close();
    server.closeAllConnections();
    await closed;
    journal.close();
  }
}
