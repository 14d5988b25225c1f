import { afterEach } from "vitest";
import type { LlmServerOptions } from "../options.ts";
import { type LlmServer, startLlmServer } from "../server.ts";

const running: LlmServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** A server that is closed after the test. */
export async function serve(options?: LlmServerOptions): Promise<LlmServer> {
  const server = await startLlmServer(options);
  running.push(server);
  return server;
}

export interface Body {
  id: string;
  choices: {
    index: number;
    message: { role?: string; content: string | null; refusal: string | null };
    logprobs: { content: TokenLogprob[] } | null;
    finish_reason: string;
  }[];
  usage: {
    prompt_tokens: number;
    completion_tokens: number;
    total_tokens: number;
    prompt_tokens_details?: { cached_tokens: number };
    completion_tokens_details?: { reasoning_tokens: number };
  };
  error: { message: string; type: string; param: string | null; code: string | null };
}

interface TokenLogprob {
  token: string;
  logprob: number;
  bytes: number[];
  top_logprobs: { token: string; logprob: number }[];
}

export interface Chunk {
  choices: {
    index: number;
    delta: { role?: string; content?: string; refusal?: string };
    logprobs: { content: TokenLogprob[] } | null;
    finish_reason: string | null;
  }[];
  usage?: Body["usage"] | null;
}

export function post(server: LlmServer, extra: object = {}, init: RequestInit = {}): Promise<Response> {
  const { prompt = "What is 6 times 7?", ...rest } = extra as { prompt?: string };
  return fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "fake-model", messages: [{ role: "user", content: prompt }], ...rest }),
    ...init,
  });
}

export async function ask(server: LlmServer, extra: object = {}): Promise<Body> {
  return (await (await post(server, extra)).json()) as Body;
}

export async function texts(server: LlmServer, extra: object = {}): Promise<(string | null)[]> {
  return (await ask(server, extra)).choices.map(({ message }) => message.content);
}

/** The events of a finished stream; the last must be `[DONE]`. */
export async function chunks(response: Response): Promise<Chunk[]> {
  const events = (await response.text()).split("\n\n").filter((event) => event !== "");
  if (events.pop() !== "data: [DONE]") throw new Error("The stream did not end in [DONE]");
  return events.map((event) => JSON.parse(event.slice("data: ".length)) as Chunk);
}

export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 4500;
  while (!condition()) {
    if (performance.now() > end) throw new Error("The condition did not come true within 4.5 s");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
