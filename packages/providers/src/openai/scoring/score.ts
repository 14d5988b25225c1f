import type { KnownOrUnknown, Reading } from "@quorate/core";
import type { CallContext, ScoreOutcome, ScoreRequest } from "../../contract.ts";
import { costBound } from "../../prices/cost.ts";
import type { ChatModel } from "../attempts.ts";
import { type Dialect, type Step, UnreadableScores } from "./dialect.ts";
import { ScoringEnded, ScoringRequests } from "./requests.ts";

/** Tokens of all candidates together; each is a prompt of its own. */
const mostSteps = 64;

/** The probability of each candidate, one token after the other. */
export async function score(
  model: ChatModel,
  dialect: Dialect,
  { messages, prefix, candidates }: ScoreRequest,
  context: CallContext,
): Promise<ScoreOutcome> {
  const requests = new ScoringRequests(model, context);
  const beganMs = context.clock.now();
  const failed = (detail: string): ScoreOutcome => ({
    kind: "failed",
    detail,
    latencyMs: context.clock.now() - beganMs,
  });
  try {
    const conversation = await dialect.promptTokens(requests, messages);
    const prompt = prefix === "" ? conversation : [...conversation, ...(await dialect.tokensOf(requests, prefix))];
    if (prompt.length < 2) return failed("The prompt has no tokens to score after");
    const spelled: (readonly number[])[] = [];
    for (const candidate of candidates) spelled.push(await dialect.tokensOf(requests, candidate));
    const steps = spelled.flatMap(stepsOf);
    if (steps.length > mostSteps)
      return failed(`The texts have ${steps.length} tokens, ${mostSteps} at most are scored`);
    if (spelled.some((tokens) => tokens.length === 0)) return failed("A text to score has no tokens");
    const logprobs = await dialect.logprobs(requests, prompt, steps);
    const { usage, costUsd } = requests.paid;
    return {
      kind: "scores",
      logprobs: sumsOf(spelled, logprobs),
      latencyMs: context.clock.now() - beganMs,
      ...(usage !== undefined && { usage }),
      ...(costUsd !== undefined && { costUsd }),
    };
  } catch (error) {
    if (error instanceof ScoringEnded) return error.outcome;
    if (error instanceof UnreadableScores) return { ...failed(error.message), forAll: true } as ScoreOutcome;
    throw error;
  } finally {
    requests.close();
  }
}

/** No text has more tokens than bytes; one prompt more is what learning the prompt's own tokens may take. */
export function scoreWorstCaseUsd(
  { price }: Pick<ChatModel, "price">,
  { messages, prefix, candidates }: ScoreRequest,
): KnownOrUnknown {
  const longest = candidates.reduce((longer, one) => (one.length > longer.length ? one : longer), "");
  const asked = [...messages, { role: "assistant" as const, content: prefix + longest }];
  const bound = costBound({ messages: asked, maxTokens: 1 }, price);
  if (bound === "unknown") return "unknown";
  const steps = Math.min(mostSteps, Buffer.byteLength(candidates.join("")));
  return (steps + 1) * (bound.promptUsd + bound.sampleUsd);
}

function stepsOf(tokens: readonly number[]): readonly Step[] {
  return tokens.map((token, place) => ({ after: tokens.slice(0, place), token }));
}

/** A text with one hidden token is hidden. */
function sumsOf(spelled: readonly (readonly number[])[], logprobs: readonly Reading[]): readonly Reading[] {
  let next = 0;
  return spelled.map(({ length }) => {
    const own = logprobs.slice(next, next + length);
    next += length;
    return own.reduce<Reading>((sum, one) => (sum === "censored" || one === "censored" ? "censored" : sum + one), 0);
  });
}
