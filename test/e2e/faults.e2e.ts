import { join } from "node:path";
import type { LlmServerOptions } from "@quorate/llm-server";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { onStage, type Stage } from "./support/stage.ts";
import { jsonLines } from "./support/workplace.ts";

type Fault = NonNullable<LlmServerOptions["faults"]>[number];

const budgetUsd = 1;
const options = ["--policy", "sc", "--max-samples", "4", "--budget", String(budgetUsd), "--timeout", "800ms"];

function expectDecided(stage: Stage, abstained: Record<string, number> = {}): void {
  const decisions = stage.decisions();
  expect(decisions).toHaveLength(2);
  const abstentions: Record<string, number> = {};
  for (const decision of decisions) {
    expect(decision.sampleCount).toBe(4);
    for (const [reason, count] of Object.entries(decision.abstentions ?? {}))
      abstentions[reason] = (abstentions[reason] ?? 0) + count;
  }
  expect(abstentions).toEqual(abstained);
}

describe("faults of a server", () => {
  /** Struck on the first request of each prompt, gone on the second: nothing is missing in the end. */
  const passing: readonly Fault[] = [
    ...(
      ["rate-limit-requests", "rate-limit-tokens", "slow-down", "server-error", "overloaded", "bad-gateway"] as const
    ).map((kind) => ({ kind, retryAfterMs: 10 })),
    ...(
      [
        "hang",
        "stall",
        "reset-before-headers",
        "reset-mid-body",
        "malformed-json",
        "empty-choices",
        "missing-role",
      ] as const
    ).map((kind) => ({ kind })),
    { kind: "slow", delayMs: 50 },
    { kind: "missing-usage" },
    { kind: "censored-logprobs" },
    { kind: "unsupported-parameter", param: "seed" },
    { kind: "unsupported-parameter", param: "max_tokens", code: "unsupported_value" },
  ];

  /** These have to do with what a reply holds, so they may differ for several samples in one. */
  const ofReplies = passing.filter(({ kind }) => /body|json|choices|role|usage|logprobs|stall/.test(kind));

  it.each([
    { perRequest: 1, faults: passing },
    { perRequest: 4, faults: ofReplies },
  ])("pass without a trace in the votes (n up to $perRequest)", async ({ perRequest, faults }) => {
    const check = (fault: Fault): Promise<void> =>
      onStage(
        {
          questions: 2,
          faults: [{ ...fault, attempts: [1] }],
          behaviour: { default: { answers: [{ answer: "7", probability: 1 }] } },
        },
        async (stage) => {
          const ended = await stage.run(...options, "--samples-per-request", String(perRequest));
          expect({ kind: fault.kind, ...ended }).toMatchObject({ kind: fault.kind, code: 0 });
          expectDecided(stage);
          expect(Object.keys(stage.server.journal().faults)).toEqual([fault.kind]);
          await stage.expectHonestMoney(budgetUsd);
        },
      );
    for (let i = 0; i < faults.length; i += 4) await Promise.all(faults.slice(i, i + 4).map(check));
  });

  it("asks for what is missing when fewer choices come than were asked for", () =>
    onStage({ questions: 2, faults: [{ kind: "fewer-choices", choices: 3, attempts: [1] }] }, async (stage) => {
      expect((await stage.run(...options, "--samples-per-request", "4")).code).toBe(0);
      expect(stage.server.journal()).toMatchObject({ requests: 4, billedSamples: 8 });
      expectDecided(stage);
      await stage.expectHonestMoney(budgetUsd);
    }));

  const lasting: readonly (readonly [Fault, Record<string, number>])[] = [
    [{ kind: "refusal" }, { refused: 8 }],
    [{ kind: "refusal", finishReason: "content_filter" }, { refused: 8 }],
    [{ kind: "empty-content" }, { empty: 8 }],
    [{ kind: "malformed-json", attempts: [1, 2, 3, 4, 5, 6], shouldRetry: false }, {}],
    [{ kind: "server-error", shouldRetry: false }, { failed: 8 }],
  ];

  it.each(lasting)("become abstentions with their reason: %j", (fault, abstained) =>
    onStage({ questions: 2, faults: [fault] }, async (stage) => {
      const { code } = await stage.run(...options);
      expect(code).toBe(Object.keys(abstained).length === 0 ? 0 : 1);
      if (code === 1)
        for (const { answer, reason } of stage.decisions())
          expect({ answer, reason }).toEqual({ answer: null, reason: "no-votes" });
      expectDecided(stage, abstained);
      await stage.expectHonestMoney(budgetUsd);
    }),
  );

  it("are shown without letting the model write to the terminal", () =>
    onStage({ questions: 2, faults: [{ kind: "hostile-content" }] }, async (stage) => {
      expect((await stage.run(...options)).code).toBeOneOf([0, 1]);
      await stage.expectHonestMoney(budgetUsd);
      const shown = await Promise.all(
        [["q0"], ["q1"], ["q0", "--json"], []].map((id) => quorate(["show", stage.out, ...id])),
      );
      for (const { code, stdout, stderr } of shown) {
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }
    }));

  it("that waiting does not cure are tried once a request", () =>
    onStage({ questions: 2, faults: [{ kind: "insufficient-quota" }] }, async (stage) => {
      expect((await stage.run(...options)).code).toBe(1);
      expect(stage.server.journal()).toMatchObject({ requests: 8, usd: 0 });
      expectDecided(stage, { failed: 8 });
      expect(stage.decisions()[0]?.error).toMatch(/insufficient_quota/);
      expect(await stage.expectHonestMoney(budgetUsd)).toEqual({ recordedUsd: 0, presumedUsd: 0 });
    }));

  it("that ask to wait for longer than a minute are not slept through", () =>
    onStage({ questions: 2, faults: [{ kind: "rate-limit-requests", retryAfterSeconds: 90 }] }, async (stage) => {
      const began = Date.now();
      expect((await stage.run(...options)).code).toBe(1);
      expect(Date.now() - began).toBeLessThan(10_000);
      expect(stage.decisions()[0]?.error).toMatch(/wait 90 s/);
      type SampleLine = { readonly sample?: { readonly detail?: string } };
      const details = jsonLines<SampleLine>(join(stage.out, "samples.jsonl")).flatMap(({ sample }) => sample ?? []);
      expect(details.every(({ detail }) => detail?.includes("HTTP 429"))).toBe(true);
    }));
});
