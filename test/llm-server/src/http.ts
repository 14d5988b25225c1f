import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Chat } from "./chat.ts";
import type { Control } from "./control.ts";
import { errorBody } from "./error-body.ts";
import type { Options } from "./options.ts";
import { unknownUrl } from "./refusals.ts";
import { type ScoringPath, scoringPaths } from "./scoring-request.ts";

const mostBodyBytes = 64 * 1024 * 1024;

/** Routes requests; no client can make it throw. */
export function createHttpServer(options: Options, chat: Chat, control: Control): Server {
  const models = JSON.stringify({
    object: "list",
    data: options.models.map(({ id }) => ({ id, object: "model", created: 1_700_000_000, owned_by: "quorate" })),
  });
  const server = createServer({ requestTimeout: 0, noDelay: true }, (request, response) => {
    request.on("error", ignore);
    response.on("error", ignore);
    if (request.method === "POST" && request.url === "/v1/chat/completions") {
      readBody(request, (text) => chat.handle(request, response, text));
    } else if (request.method === "POST" && isScoring(request.url)) {
      const path = request.url;
      readBody(request, (text) => chat.handle(request, response, text, path));
    } else if (request.method === "POST" && (request.url === "/tokenize" || request.url === "/apply-template")) {
      const path = request.url;
      readBody(request, (text) => {
        const found = chat.look(path, text);
        response.writeHead(found === undefined ? 400 : 200, ["content-type", "application/json"]);
        response.end(JSON.stringify(found ?? { error: { message: "This is no such request." } }));
      });
    } else {
      request.resume();
      const { status, body } = route(request.method ?? "", request.url ?? "");
      response.writeHead(status, [
        "content-type",
        "application/json",
        "content-length",
        String(Buffer.byteLength(body)),
      ]);
      response.end(body);
    }
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  // Longer than clients keep theirs: a connection closed here while a request is on its way would look like a fault.
  server.keepAliveTimeout = 120_000;
  server.headersTimeout = 130_000;
  return server;

  function route(method: string, url: string): { readonly status: number; readonly body: string } {
    const [path = "", query = ""] = url.split("?", 2);
    switch (`${method} ${path}`) {
      case "GET /v1/models":
        return { status: 200, body: models };
      case "GET /control/health":
        return { status: 200, body: JSON.stringify({ ok: true, pid: process.pid }) };
      case "GET /control/journal":
        return { status: 200, body: JSON.stringify(control.page(new URLSearchParams(query))) };
      case "GET /control/prompts":
        return { status: 200, body: JSON.stringify(control.promptsPage(new URLSearchParams(query))) };
      case "POST /control/reset":
        control.reset();
        return { status: 200, body: JSON.stringify({ ok: true }) };
      default:
        return { status: 404, body: errorBody(unknownUrl(method, path)) };
    }
  }
}

function isScoring(url: string | undefined): url is ScoringPath {
  return scoringPaths.some((path) => path === url);
}

function readBody(request: IncomingMessage, then: (text: string) => void): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  request.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > mostBodyBytes) request.destroy();
    else parts.push(part);
  });
  request.on("end", () => then((parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString()));
}

function ignore(): void {}
