import { type Call, type FollowUpShape, mostAnswerBytes } from "@quorate/confidence";
import type { KnownOrUnknown } from "@quorate/core";
import type { Provider, SampleRequest } from "@quorate/providers";
import { type FollowUpPlan, shownResponseBytes } from "../engine/follow-up-plan.ts";
import { addedUsd } from "./added-usd.ts";

/** For estimates: 300 tokens of English. */
const typicalResponseBytes = 1200;
const typicalAnswerBytes = 8;

/** The most that asking about one sample can cost, failed attempts aside. */
export function worstFollowUpUsd(plan: FollowUpPlan, request: SampleRequest, maxSamples: number): KnownOrUnknown {
  const { asked } = plan;
  return sumOver(plan, request, maxSamples, shownResponseBytes(request.maxTokens), mostAnswerBytes, (call) => {
    if (call.kind === "ask") return asked.worstCaseUsd(askingRequest(call, request), 1);
    return asked.scoreWorstCaseUsd?.({ question: request.question, ...call.scoring }) ?? "unknown";
  });
}

/** A guess of what asking about one sample costs. */
export function expectedFollowUpUsd(plan: FollowUpPlan, request: SampleRequest, maxSamples: number): KnownOrUnknown {
  return sumOver(plan, request, maxSamples, typicalResponseBytes, typicalAnswerBytes, (call) =>
    plan.asked.expectedUsd(askingRequest(call, request), 1),
  );
}

/** The most over some questions. */
export function callsPerSample({ how }: FollowUpPlan, requests: readonly SampleRequest[], maxSamples: number): number {
  return Math.max(0, ...requests.map((request) => how.worstCalls(shapeOf(request, maxSamples, 0, 0)).length));
}

function shapeOf(
  { question, messages }: SampleRequest,
  maxSamples: number,
  responseBytes: number,
  answerBytes: number,
): FollowUpShape {
  return {
    question,
    messages,
    mostResponseBytes: responseBytes,
    response: "x".repeat(responseBytes),
    answer: "x".repeat(answerBytes),
    maxSamples,
  };
}

function sumOver(
  { how }: FollowUpPlan,
  request: SampleRequest,
  maxSamples: number,
  responseBytes: number,
  answerBytes: number,
  usdOf: (call: Call) => ReturnType<Provider["worstCaseUsd"]>,
): KnownOrUnknown {
  return how
    .worstCalls(shapeOf(request, maxSamples, responseBytes, answerBytes))
    .map(usdOf)
    .reduce(addedUsd, 0);
}

function askingRequest(call: Call, { question }: SampleRequest): SampleRequest {
  const { messages, maxTokens } = call.kind === "ask" ? call.asking : { ...call.scoring, maxTokens: 1 };
  return { question, messages, maxTokens, temperature: 0, signals: [], keepTokens: false };
}
