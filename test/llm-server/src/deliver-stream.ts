import type { Completion } from "./completion.ts";
import type { Exchange } from "./exchange.ts";
import type { BilledUsage } from "./price.ts";
import { planStream, type StreamPiece } from "./stream.ts";

/** Sends server-sent events at their pace. A stream that the client leaves is billed for the tokens sent so far. */
export function deliverStream(exchange: Exchange, completion: Completion, billed: boolean): void {
  const { pieces, ending } = planStream(completion);
  const started = performance.now();
  let next = 0;
  let due = 0;
  let sentTokens = 0;
  exchange.onLeave = () =>
    exchange.settle({ billed, usage: soFar(completion.usage, sentTokens), status: 200, aborted: true });
  exchange.head(200, "text/event-stream; charset=utf-8", ["cache-control", "no-cache"]);
  step();

  function step(): void {
    const elapsed = performance.now() - started;
    let data = "";
    for (let piece = pieces[next]; piece !== undefined && due <= elapsed; piece = pieces[next]) {
      data += piece.data;
      sentTokens += piece.tokens;
      next++;
      due += pieceMs(pieces[next], completion);
    }
    if (next < pieces.length) {
      if (data !== "") exchange.response.write(data);
      exchange.wait(Math.max(1, due - elapsed), step);
    } else finish(data);
  }

  function finish(data: string): void {
    if (ending === "stall") {
      exchange.response.write(data);
      return;
    }
    exchange.onLeave = undefined;
    if (ending === "done") {
      exchange.settle({ billed, usage: completion.usage, status: 200 });
      exchange.response.end(data);
    } else {
      exchange.settle({ billed, usage: soFar(completion.usage, sentTokens), status: 200 });
      exchange.response.write(data, () => exchange.resetConnection());
    }
  }
}

/** Choices are generated side by side: a round of one piece each takes as long as one piece. */
function pieceMs(piece: StreamPiece | undefined, { options, choices }: Completion): number {
  if (piece === undefined) return 0;
  return (options.stream.chunkMs + options.latency.perTokenMs * piece.tokens) / Math.max(1, choices.length);
}

function soFar(usage: BilledUsage, outputTokens: number): BilledUsage {
  return { ...usage, outputTokens, reasoningTokens: Math.min(outputTokens, usage.reasoningTokens) };
}
