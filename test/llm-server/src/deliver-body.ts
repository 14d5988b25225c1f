import { type Completion, completionBody } from "./completion.ts";
import type { Exchange } from "./exchange.ts";

/** Sends a finished generation as one body. It is billed even when nobody is there to read it. */
export function deliverBody(exchange: Exchange, completion: Completion, billed: boolean): void {
  const { fault, usage } = completion;
  exchange.onLeave = undefined;
  if (exchange.left) {
    exchange.settle({ billed, usage, aborted: true });
    return;
  }
  const body = completionBody(completion);
  if (fault?.kind === "reset-mid-body" || fault?.kind === "stall") {
    breakOff(exchange, completion, body, billed);
    return;
  }
  exchange.settle({ billed, usage, status: 200 });
  exchange.send(200, "application/json", fault?.kind === "malformed-json" ? firstHalf(body) : body);
}

function breakOff(exchange: Exchange, { usage, fault }: Completion, body: string, billed: boolean): void {
  exchange.head(200, "application/json", ["content-length", String(Buffer.byteLength(body))]);
  if (fault?.kind === "stall") {
    exchange.onLeave = () => exchange.settle({ billed, usage, status: 200, aborted: true });
    exchange.response.write(firstHalf(body));
    return;
  }
  exchange.settle({ billed, usage, status: 200 });
  exchange.response.write(firstHalf(body), () => exchange.resetConnection());
}

function firstHalf(body: string): string {
  return body.slice(0, body.length >> 1);
}
