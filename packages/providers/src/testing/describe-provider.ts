import assert from "node:assert/strict";
import type { Usage } from "@quorate/core";
import type { IndexedOutcome, Provider, SampleOutcome, SampleRequest } from "../contract.ts";
import { collectOutcomes, type TestContext, testContext, testRequest } from "./call-context.ts";
import { RecordingLedger } from "./recording-ledger.ts";

/** The two functions of a test runner that the suite needs: vitest's, or those of node:test. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

export interface ProviderSubject {
  readonly provider: Provider;
  /** Must have an answer to give. @default a small question about 6 × 7 */
  readonly request?: SampleRequest;
  /** Takes down what was built around the provider. */
  readonly close?: () => Promise<void>;
}

export interface ProviderSuite {
  readonly name: string;
  /** Called for every test. */
  readonly create: () => Promise<ProviderSubject> | ProviderSubject;
  /** Tests that cannot apply to this provider, and why. */
  readonly skip?: readonly { readonly reason: string; readonly tests: readonly ProviderTest[] }[];
}

export type ProviderTest = keyof typeof tests;

/**
 * What every provider must do.
 *
 * @example
 * describeProvider({ describe, it }, { name: "replay", create: () => ({ provider: replayFromSamples(samples) }) });
 */
export function describeProvider({ describe, it }: TestRunner, { name, create, skip = [] }: ProviderSuite): void {
  const skipped = new Set(skip.flatMap(({ tests: names }) => names));
  describe(`${name} keeps the contract of a provider`, () => {
    for (const [title, check] of Object.entries(tests) as [ProviderTest, Check][]) {
      if (skipped.has(title)) continue;
      it(title, async () => {
        const { provider, request = testRequest(), close } = await create();
        try {
          await check(provider, request);
        } finally {
          await provider.close();
          await close?.();
        }
      });
    }
  });
}

type Check = (provider: Provider, request: SampleRequest) => Promise<void>;

const tests = {
  "yields each index exactly once": async (provider, request) => {
    const indexes = [0, 1, 2, 3, 4];
    const context = testContext();
    const outcomes = await collectOutcomes(provider, request, indexes, context);
    assertComplete(outcomes, indexes);
    assertNothingInFlight(context);
    assert.ok(
      outcomes.some(({ outcome }) => outcome.kind === "response"),
      `no response among ${kindsOf(outcomes)}`,
    );
  },
  "takes indexes with holes, and none": async (provider, request) => {
    const indexes = [7, 2, 40];
    assertComplete(await collectOutcomes(provider, request, indexes, testContext()), indexes);
    assertComplete(await collectOutcomes(provider, request, [], testContext()), []);
  },
  "splits more samples than a request may carry": async (provider, request) => {
    const most = provider.can.samplesPerRequest;
    const indexes = Array.from({ length: Math.min(most, 200) + 3 }, (_, index) => index);
    const context = testContext();
    assertComplete(await collectOutcomes(provider, request, indexes, context), indexes);
    for (const { samples } of context.ledger.attempts) assert.ok(samples.length <= most, `${samples.length} > ${most}`);
  },
  "ends each attempt in the ledger exactly once": async (provider, request) => {
    const context = testContext();
    await collectOutcomes(provider, request, [0, 1, 2], context);
    for (const { endings } of context.ledger.attempts) assert.equal(endings.length, 1);
  },
  "sets aside the worst case of each attempt": async (provider, request) => {
    const context = testContext();
    await collectOutcomes(provider, request, [0, 1, 2], context);
    for (const { samples, worstCaseUsd } of context.ledger.attempts) {
      assert.equal(worstCaseUsd, provider.worstCaseUsd(request, samples.length));
    }
    for (const ending of context.ledger.endings) {
      const bound = provider.worstCaseUsd(request, 3);
      if (ending.kind !== "settled" || bound === "unknown") continue;
      assert.ok((ending.usd ?? 0) <= bound, `${ending.usd} was settled, above the worst case ${bound}`);
    }
  },
  "makes shares of usage and cost that add up": async (provider, request) => {
    const context = testContext();
    const outcomes = await collectOutcomes(provider, request, [0, 1, 2, 3, 4], context);
    const shares = outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome.kind === "response");
    const settled = context.ledger.endings.filter((ending) => ending.kind === "settled");
    if (settled.length === 0) return;
    for (const field of ["inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens"] as const) {
      const read = ({ usage }: { readonly usage?: Usage }) => usage?.[field] ?? 0;
      assert.equal(sum(shares.map(read)), sum(settled.map(read)), field);
    }
    const billed = sum(settled.map(({ usd }) => usd ?? 0));
    assert.ok(Math.abs(sum(shares.map(({ costUsd }) => costUsd ?? 0)) - billed) < 1e-9);
  },
  "makes what cannot be paid an outcome": async (provider, request) => {
    const context = testContext({ ledger: new RecordingLedger({ affordable: 0 }) });
    const outcomes = await collectOutcomes(provider, request, [0, 1], context);
    assertComplete(outcomes, [0, 1]);
    assert.equal(kindsOf(outcomes), "unaffordable, unaffordable");
    assertNothingInFlight(context);
  },
  "sends nothing after an abort": async (provider, request) => {
    const context = testContext();
    context.abort(new Error("stop"));
    const outcomes = await collectOutcomes(provider, request, [0, 1], context);
    assertComplete(outcomes, [0, 1]);
    assert.equal(kindsOf(outcomes), "cancelled, cancelled");
    assert.equal(context.ledger.attempts.length, 0);
  },
  "leaves nothing in flight after an abort midway": async (provider, request) => {
    const context = testContext();
    const outcomes = collectOutcomes(provider, request, [0, 1, 2], context);
    setImmediate(() => context.abort(new Error("stop")));
    const seen = await outcomes;
    assertComplete(seen, [0, 1, 2]);
    const allowed: readonly SampleOutcome["kind"][] = ["cancelled", "response"];
    for (const { outcome } of seen) assert.ok(allowed.includes(outcome.kind), outcome.kind);
    assertNothingInFlight(context);
  },
  "leaves nothing in flight when the caller walks away": async (provider, request) => {
    const context = testContext();
    for await (const _first of provider.sample(request, [0, 1, 2], context)) break;
    assertNothingInFlight(context);
  },
  "shows the tokens that it says it shows, when they are wanted": async (provider, request) => {
    const { tokens: canShow = false, topLogprobs: most = 0 } = provider.can.shows ?? {};
    const ask = async (more: Partial<SampleRequest>) =>
      responsesIn(await collectOutcomes(provider, { ...request, ...more }, [0, 1], testContext()));
    for (const { tokens } of await ask({ keepTokens: false })) {
      assert.equal(tokens, undefined, "tokens that nobody wanted");
    }
    if (!canShow) return;
    const wanted = Math.min(5, most);
    const responses = await ask({ keepTokens: true, topLogprobs: wanted });
    const shown = responses.flatMap(({ tokens = [] }) => tokens);
    assert.ok(shown.length > 0 || responses.every(({ text = "" }) => text === ""), "no response shows its tokens");
    if (wanted > 0) assert.ok(shown.length === 0 || shown.some(({ top }) => top !== undefined), "no likeliest tokens");
    for (const { logprob, top = [] } of shown) {
      assert.ok(logprob === "censored" || logprob <= 0, `log-probability ${logprob}`);
      assert.ok(top.length <= wanted, `${top.length} of the likeliest tokens for ${wanted}`);
      for (const [place, one] of top.entries()) {
        assert.ok(one.logprob <= Math.min(0, top[place - 1]?.logprob ?? 0), "the likeliest come first, none above 0");
      }
    }
  },
  "can be closed twice": async (provider) => {
    await provider.close();
    await provider.close();
  },
} satisfies Record<string, Check>;

function responsesIn(outcomes: readonly IndexedOutcome[]) {
  return outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome.kind === "response");
}

function assertComplete(outcomes: readonly IndexedOutcome[], indexes: readonly number[]): void {
  const ascending = (a: number, b: number) => a - b;
  const seen = outcomes.map(({ index }) => index).sort(ascending);
  assert.deepEqual(seen, [...indexes].sort(ascending));
}

function assertNothingInFlight({ ledger, limiter }: TestContext): void {
  assert.equal(ledger.inFlight, 0, "an attempt has no ending");
  assert.equal(limiter.inUse, 0, "a slot is still held");
}

function kindsOf(outcomes: readonly IndexedOutcome[]): string {
  return outcomes.map(({ outcome }) => outcome.kind).join(", ");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
