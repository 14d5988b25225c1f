import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { logEValue } from "../numerics/e-value.ts";
import { goOn, ruleOf, verdictAfter, Watched } from "./__fixtures__/streams.ts";
import { bets } from "./mmc-bets.ts";
import { ruleSpecSchema } from "./spec.ts";

describe("mmc", () => {
  it("stops where the published trace does, one vote later for the first, which tests nothing", () => {
    // Published with known labels: A against B reaches 21.7 and A against the rest 101.5 at vote 15, 13.2 and 57.4 before.
    const trace = "AABACAAAABAAAAA";
    expect(verdictAfter({ rule: "mmc" }, `A${trace}`)).toEqual({
      stop: true,
      answer: "A",
      reason: "mmc",
      certificate: "anytime",
    });
    for (let n = 0; n < trace.length; n += 1)
      expect(verdictAfter({ rule: "mmc" }, `A${trace.slice(0, n)}`).stop).toBe(false);
  });

  it("certifies unanimous votes, though nobody has said against whom", () => {
    expect(verdictAfter({ rule: "mmc" }, "")).toEqual(goOn(7));
    expect(verdictAfter({ rule: "mmc" }, "A-AAAA-A")).toEqual(goOn(1));
    expect(verdictAfter({ rule: "mmc" }, "AAAAAAA")).toMatchObject({ stop: true });
    // Products of the Krichevsky–Trofimov estimates: C(2n, n)/2ⁿ is 14.4 for 6 and 26.8 for 7.
    expect(verdictAfter({ rule: "mmc", update: "plug-in" }, "AAAAAAA")).toEqual(goOn(1));
    expect(verdictAfter({ rule: "mmc", update: "plug-in" }, "AAAAAAAA")).toMatchObject({ stop: true });
  });

  it("goes on while the others together could be ahead", () => {
    const scattered = "ABACADAEAFAGAHAI".repeat(2);
    expect(verdictAfter({ rule: "mmc", delta: 0.4 }, scattered).stop).toBe(false);
    expect(verdictAfter({ rule: "e-process", delta: 0.4 }, scattered).stop).toBe(true);
  });

  it("refuses the point prior, and says why", () => {
    const refused = (update: string) => ruleSpecSchema.safeParse({ rule: "mmc", update }).error?.issues[0]?.message;
    expect(refused("point-prior")).toMatch(/no martingale/);
    expect(refused("grid")).toMatch(/"grid" is not mixture or plug-in$/);
  });

  /** Vote by vote, as the proof has it: against m the factors of the tests that held m, none while m led. */
  function logEvidence(stream: string, against: string, update: "mixture" | "plug-in"): number {
    const counts = new Map<string, number>();
    const streams = { runnerUp: { s: 0, f: 0 }, rest: { s: 0, f: 0 } };
    let log = 0;
    for (const vote of stream) {
      const [first, second] = [...counts].sort((a, b) => b[1] - a[1]).map(([answer]) => answer);
      if (first !== undefined) {
        // An answer that comes second for the first time was the open runner-up before the vote.
        const runnerUp = second ?? (vote === first ? "open" : vote);
        for (const [test, of] of Object.entries(streams)) {
          const isFailure = vote !== first && (test === "runnerUp") === (vote === runnerUp);
          if (vote !== first && !isFailure) continue;
          const factor =
            update === "mixture"
              ? logEValue(of.s + Number(vote === first), of.f + Number(isFailure)) - logEValue(of.s, of.f)
              : Math.log(2 * Math.abs(Number(isFailure) - Math.max(0.5, (of.s + 0.5) / (of.s + of.f + 1))));
          const holds = test === "runnerUp" ? against === runnerUp : against !== runnerUp;
          if (holds && against !== first) log += factor;
          if (isFailure) of.f += 1;
          else of.s += 1;
        }
      }
      counts.set(vote, (counts.get(vote) ?? 0) + 1);
    }
    return log;
  }

  test.prop(
    [
      fc.array(fc.constantFrom("A", "A", "A", "A", "B", "C"), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(0.6, 0.3, 0.05),
      fc.constantFrom("mixture" as const, "plug-in" as const),
    ],
    { seed: 43, numRuns: 400 },
  )("stops exactly when every other answer is rejected", (stream, delta, update) => {
    const watched = new Watched(ruleOf({ rule: "mmc", delta, update }), { maxSamples: 41 });
    for (const [i, vote] of stream.entries()) {
      const { verdict, tally } = watched.draw(vote);
      const seen = stream.slice(0, i + 1).join("");
      const leader = tally.byCount.leader!.answer;
      const others = ["A", "B", "C", "an answer nobody gave"].filter((answer) => answer !== leader);
      const least = Math.min(...others.map((answer) => logEvidence(seen, answer, update)));
      if (Math.abs(least + Math.log(delta)) > 1e-9) expect(verdict.stop).toBe(least > -Math.log(delta));
    }
  });
});

describe("bets", () => {
  it.each(["mixture", "plug-in"] as const)(
    "%s: a fair game at one half, and more on success after success",
    (update) => {
      for (let successes = 0; successes < 30; successes += 1) {
        for (let failures = 0; failures < 30; failures += 1) {
          const bet = (s: number, f: number, isSuccess: boolean) => bets[update](s, f, isSuccess);
          const [win, loss] = [bet(successes, failures, true), bet(successes, failures, false)];
          expect((Math.exp(win) + Math.exp(loss)) / 2).toBeCloseTo(1, 9);
          expect(win).toBeGreaterThanOrEqual(0);
          // What `need` rests on.
          expect(bet(successes + 1, failures, true)).toBeGreaterThanOrEqual(win - 1e-12);
          expect(bet(successes, failures + 1, true)).toBeLessThanOrEqual(win + 1e-12);
        }
      }
    },
  );
});
