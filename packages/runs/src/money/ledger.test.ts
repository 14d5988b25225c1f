import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fc, test } from "@fast-check/vitest";
import { roundingUsd } from "@quorate/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppendLog } from "../storage/append-log.ts";
import { recoverTail } from "../storage/tail.ts";
import { Ledger, type LedgerLimits } from "./ledger.ts";
import { readLedger, spentUsd } from "./recover.ts";

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "quorate-ledger-")), "ledger.jsonl");
});
afterEach(() => rmSync(join(path, ".."), { recursive: true }));

async function openLedger(budgetUsd?: number, totalSamples?: number): Promise<{ ledger: Ledger; log: AppendLog }> {
  recoverTail(path);
  const log = new AppendLog(path, "os");
  return { ledger: new Ledger(log, await readLedger(path), limitsOf(budgetUsd, totalSamples)), log };
}

const limitsOf = (budgetUsd?: number, totalSamples?: number): LedgerLimits => ({
  ...(budgetUsd !== undefined && { budgetUsd }),
  ...(totalSamples !== undefined && { totalSamples }),
});

const usage = { inputTokens: 10, outputTokens: 5 };
const intent = (worstCaseUsd: number | "unknown") => ({ samples: [0], worstCaseUsd });

describe("a total of samples", () => {
  const samples = (count: number) => ({ samples: Array.from({ length: count }, (_, i) => i), worstCaseUsd: 0.01 });
  const opened = async (ledger: Ledger, count: number) => {
    const attempt = await ledger.forQuestion(0).open(samples(count));
    if (attempt === "unaffordable") throw new Error("should fit");
    return attempt;
  };

  it("counts what may have been billed, and waits for what may not have been", async () => {
    const { ledger } = await openLedger(undefined, 6);
    (await opened(ledger, 2)).settle(usage, 0.001);
    (await opened(ledger, 1)).presume("reset");
    expect(ledger.spentSamples).toBe(3);
    const last = await opened(ledger, 2);
    const waiting = ledger.forQuestion(1).open(samples(3));
    last.release("refused");
    expect(await waiting).not.toBe("unaffordable");
    expect(ledger.spentSamples).toBe(3);
  });

  it("does not count requests that ask about samples, nor keeps them from being sent when it is spent", async () => {
    const { ledger, log } = await openLedger(0.05, 2);
    (await opened(ledger, 2)).settle(usage, 0.01);
    const call = await ledger.forCall(0, "k1").open({ samples: [0], worstCaseUsd: 0.03 });
    if (call === "unaffordable") throw new Error("should fit");
    expect(ledger.leftUsd).toBeCloseTo(0.01, 12);
    expect(await ledger.forQuestion(0).open(samples(1))).toBe("unaffordable");
    expect(ledger.spentSamples).toBe(2);
    await log.flushed();
    expect(readFileSync(path, "utf8")).toContain('"samples":[],"call":"k1","worstCaseUsd":0.03}');
    // A process that died: what it asked is presumed spent, and no sample.
    const recovered = await readLedger(path);
    expect(spentUsd(recovered).presumedUsd).toBeCloseTo(0.03, 12);
    expect(recovered.samples.spent).toBe(2);
  });

  it("refuses what can never fit", async () => {
    const { ledger } = await openLedger(undefined, 3);
    (await opened(ledger, 2)).settle(usage, 0.001);
    expect(await ledger.forQuestion(0).open(samples(2))).toBe("unaffordable");
    expect(await ledger.forQuestion(0).open(samples(1))).not.toBe("unaffordable");
  });

  it("is kept over the end of a process: what was in flight is spent", async () => {
    const { ledger, log } = await openLedger(undefined, 9);
    (await opened(ledger, 2)).settle(usage, 0.001);
    (await opened(ledger, 1)).release("refused");
    await opened(ledger, 4);
    await log.close();
    const { ledger: next } = await openLedger(undefined, 9);
    expect(next.spentSamples).toBe(6);
    expect(await next.forQuestion(0).open(samples(4))).toBe("unaffordable");
  });
});

describe("Ledger", () => {
  it("has the intent on disk before the attempt may leave", async () => {
    const { ledger } = await openLedger(1);
    const attempt = await ledger.forQuestion(7).open({ samples: [2, 3], worstCaseUsd: 0.25 });
    expect(attempt).not.toBe("unaffordable");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      intent: 0,
      question: 7,
      samples: [2, 3],
      worstCaseUsd: 0.25,
    });
    expect(ledger.account.reservedUsd).toBe(0.25);
  });

  it("waits while money may come back, in line, and refuses once it cannot", async () => {
    const { ledger } = await openLedger(1);
    const first = await ledger.forQuestion(0).open(intent(0.9));
    if (first === "unaffordable") throw new Error("should fit");
    const order: string[] = [];
    const second = ledger
      .forQuestion(1)
      .open(intent(0.5))
      .then((attempt) => {
        order.push("second");
        return attempt;
      });
    const third = ledger
      .forQuestion(2)
      .open(intent(0.05))
      .then((attempt) => {
        order.push("third");
        return attempt;
      });
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    first.settle(usage, 0.4);
    expect(await second).not.toBe("unaffordable");
    expect(await third).not.toBe("unaffordable");
    expect(order).toEqual(["second", "third"]);
    const fourth = ledger.forQuestion(3).open(intent(0.2));
    for (const attempt of [await second, await third]) if (attempt !== "unaffordable") attempt.presume("reset");
    expect(await fourth).toBe("unaffordable");
    expect(ledger.presumedCount).toBe(2);
  });

  it("after a crash presumes spent what was in flight, once", async () => {
    const { ledger, log } = await openLedger(1);
    const settled = await ledger.forQuestion(0).open(intent(0.2));
    await ledger.forQuestion(0).open(intent(0.3));
    if (settled !== "unaffordable") settled.settle(usage, 0.05);
    await log.flushed();
    appendFileSync(path, '{"inte');
    for (const _ of [1, 2]) {
      const again = await openLedger(1);
      expect(again.ledger.account).toMatchObject({ recordedUsd: 0.05, presumedUsd: 0.3, reservedUsd: 0 });
      await again.log.close();
    }
    expect(spentUsd(await readLedger(path))).toEqual({ recordedUsd: 0.05, presumedUsd: 0.3 });
    expect(readFileSync(path, "utf8").match(/presumed/g)).toHaveLength(1);
  });

  it("numbers attempts on from where the last process was", async () => {
    const { ledger } = await openLedger();
    await ledger.forQuestion(0).open(intent("unknown"));
    const { ledger: again } = await openLedger();
    await again.forQuestion(0).open(intent("unknown"));
    expect(readFileSync(path, "utf8").match(/"intent":\d/g)).toEqual(['"intent":0', '"intent":1']);
  });

  it("carries attempts without a price, and counts them", async () => {
    const { ledger } = await openLedger();
    const attempt = await ledger.forQuestion(0).open(intent("unknown"));
    if (attempt === "unaffordable") throw new Error("should fit");
    attempt.settle(usage, undefined);
    expect(ledger.unpricedCount).toBe(1);
    expect(ledger.account.recordedUsd).toBe(0);
    const { ledger: limited } = await openLedger(1);
    expect(await limited.forQuestion(0).open(intent("unknown"))).toBe("unaffordable");
  });

  it("on a full disk refuses those who wait instead of letting them wait for ever", async () => {
    let isFull = false;
    const sink = {
      append: () => {
        if (isFull) throw new Error("ENOSPC");
      },
      flushed: () => Promise.resolve(),
    };
    const ledger = new Ledger(sink, await readLedger(path), { budgetUsd: 1 });
    const first = await ledger.forQuestion(0).open(intent(0.8));
    const second = ledger.forQuestion(1).open(intent(0.8));
    isFull = true;
    expect(() => first !== "unaffordable" && first.settle(usage, 0.1)).toThrowError("ENOSPC");
    await expect(second).rejects.toThrowError("ENOSPC");
  });

  it("does not read a file that was edited", async () => {
    writeFileSync(path, '{"spent":3}\n');
    await expect(readLedger(path)).rejects.toThrowError(/line 1 is not a line of a ledger.*--reuse/);
  });

  test.prop(
    [
      fc.array(
        fc.record({
          worst: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
          used: fc.double({ min: 0, max: 1, noNaN: true }),
          ending: fc.constantFrom("settle", "presume", "release", "crash"),
        }),
        { minLength: 1, maxLength: 25 },
      ),
    ],
    { seed: 41, numRuns: 60 },
  )("crashing anywhere, recorded ≤ billed ≤ recorded + presumed ≤ budget", async (attempts) => {
    rmSync(path, { force: true });
    const budget = 1;
    let billed = 0;
    let { ledger, log } = await openLedger(budget);
    for (const { worst, used, ending } of attempts) {
      const attempt = await ledger.forQuestion(0).open(intent(worst));
      if (attempt === "unaffordable") continue;
      if (ending === "release") attempt.release("429");
      else billed += worst * used;
      if (ending === "settle") attempt.settle(usage, worst * used);
      if (ending === "presume") attempt.presume("reset");
      if (ending !== "crash") continue;
      await log.flushed();
      ({ ledger, log } = await openLedger(budget));
    }
    await log.close();
    const { recordedUsd, presumedUsd } = spentUsd(await readLedger(path));
    const slack = roundingUsd * attempts.length;
    expect(recordedUsd).toBeLessThanOrEqual(billed + slack);
    expect(billed).toBeLessThanOrEqual(recordedUsd + presumedUsd + slack);
    expect(recordedUsd + presumedUsd).toBeLessThanOrEqual(budget + slack);
  });
});
