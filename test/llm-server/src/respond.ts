import type { ChatRequest } from "./chat-request.ts";
import type { Completion } from "./completion.ts";
import { spoilChoices } from "./content-faults.ts";
import { deliverBody } from "./deliver-body.ts";
import { deliverStream } from "./deliver-stream.ts";
import type { Exchange } from "./exchange.ts";
import { faultError } from "./fault-errors.ts";
import { type FaultRule, isErrorKind } from "./fault-rule.ts";
import { cachedTokens, generate, takeSampleNumbers, usageOf } from "./generation.ts";
import type { Options } from "./options.ts";
import type { Prompt } from "./prompts.ts";
import { logNormal, seededRandom } from "./seeded-random.ts";

export interface Task {
  readonly exchange: Exchange;
  readonly chat: ChatRequest;
  readonly prompt: Prompt;
  readonly fault: FaultRule | undefined;
  readonly options: Options;
}

/** Generates what was asked for, or fails as the fault says. */
export function respond(task: Task): void {
  const { exchange, chat, fault } = task;
  if (fault !== undefined && isErrorKind(fault.kind)) {
    const { status, contentType, body, headers } = faultError(fault.kind, fault, chat.model);
    exchange.settle({ billed: false, status });
    exchange.send(status, contentType, body, headers);
  } else if (fault?.kind === "hang" || fault?.kind === "reset-before-headers") {
    staySilent(task, fault);
  } else {
    answer(task);
  }
}

/** Nothing is generated unless the fault is to be billed. */
function staySilent(task: Task, fault: FaultRule): void {
  const { exchange } = task;
  const billed = fault.billed ?? false;
  const { usage } = complete(task, billed);
  if (fault.kind === "hang") {
    exchange.onLeave = () => exchange.settle({ billed, usage, aborted: true });
    return;
  }
  exchange.wait(firstTokenMs(task), () => {
    exchange.settle({ billed, usage });
    exchange.resetConnection();
  });
}

function answer(task: Task): void {
  const { exchange, chat, prompt, fault, options } = task;
  const billed = fault?.billed ?? true;
  const completion = complete(task, true);
  const { choices, usage } = completion;
  if (chat.stream) {
    // Until its first token a stream owes the prompt alone.
    const promptOnly = { ...usage, outputTokens: 0, reasoningTokens: 0 };
    exchange.onLeave = () => exchange.settle({ billed, usage: promptOnly, aborted: true });
  }
  const { perTokenMs } = options.latency;
  exchange.wait(firstTokenMs(task) + (fault?.kind === "slow" ? fault.delayMs : 0), () => {
    prompt.warm = true;
    if (chat.stream) {
      deliverStream(exchange, completion, billed);
      return;
    }
    const longest = perTokenMs === 0 ? 0 : Math.max(...choices.map((choice) => choice.tokens + choice.reasoningTokens));
    exchange.wait(perTokenMs * longest, () => deliverBody(exchange, completion, billed));
  });
}

function complete({ exchange, chat, prompt, fault, options }: Task, generates: boolean): Completion {
  if (chat.scoring !== undefined) {
    const { inputTokens, outputTokens } = chat.scoring;
    const usage = { inputTokens, cachedInputTokens: 0, outputTokens, reasoningTokens: 0 };
    return { id: exchange.requestId, chat, choices: [], usage, source: prompt.source, fault, options };
  }
  if (generates) {
    exchange.firstSample = takeSampleNumbers(prompt, chat);
    const generated = generate(prompt, chat, exchange.firstSample, options);
    exchange.choices = spoilChoices(generated, fault, exchange.number, chat.maxTokens);
  }
  const { choices } = exchange;
  const usage = usageOf(choices, prompt.tokens, cachedTokens(prompt, options));
  return { id: `chatcmpl-${exchange.requestId.slice(4)}`, chat, choices, usage, source: prompt.source, fault, options };
}

function firstTokenMs({ exchange, prompt, options }: Task): number {
  const { ms, sigma } = options.latency;
  if (ms === 0 || sigma === 0) return ms;
  return logNormal(seededRandom(options.seed, 0x1a7e, prompt.high, prompt.low, exchange.firstSample ?? 0), ms, sigma);
}
