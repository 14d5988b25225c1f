import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

export type Reaction = (response: ServerResponse, request: SeenRequest, number: number) => void;

export interface TinyServer {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** A server on loopback; `react` gets each request with its number, from 0. */
export async function tinyServer(react: Reaction): Promise<TinyServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on("data", (piece: Buffer) => pieces.push(piece));
    incoming.on("end", () => {
      const body = JSON.parse(Buffer.concat(pieces).toString("utf8")) as Record<string, unknown>;
      const seen = { url: incoming.url, headers: incoming.headers, body };
      requests.push(seen);
      react(response, seen, requests.length - 1);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function replyJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** A completion with as many choices as `n` asks for, each 10 tokens long. */
export function completion({ body }: SeenRequest, parts: Readonly<Record<string, unknown>> = {}): unknown {
  const samples = typeof body.n === "number" ? body.n : 1;
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    choices: Array.from({ length: samples }, (_, index) => ({
      index,
      message: { role: "assistant", content: `ANSWER: ${index}`, refusal: null },
      ...(body.logprobs === true && { logprobs: { content: shownTokens(index, Number(body.top_logprobs ?? 0)) } }),
      finish_reason: "stop",
    })),
    usage: { prompt_tokens: 21, completion_tokens: 10 * samples + 1, total_tokens: 22 + 10 * samples },
    ...parts,
  };
}

function shownTokens(answer: number, top: number): unknown {
  return ["ANSWER", ":", ` ${answer}`].map((token) => ({
    token,
    logprob: -0.25,
    top_logprobs: [token, "x", "y", "z", " a", " b"]
      .slice(0, top)
      .map((one, place) => ({ token: one, logprob: -0.25 - place })),
  }));
}

export function errorBody(code: string | null, message = "no", param: string | null = null): unknown {
  return { error: { message, type: code, code, param } };
}
