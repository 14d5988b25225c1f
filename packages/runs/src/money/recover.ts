import { existsSync } from "node:fs";
import {
  type Account,
  type KnownOrUnknown,
  openAccount,
  presume,
  QuorateError,
  release,
  reserve,
  settle,
  type Usd,
} from "@quorate/core";
import { forEachLine, openBytes } from "@quorate/providers";
import { type LedgerLine, ledgerLineSchema } from "./ledger-line.ts";
import { noSamples, releaseSamples, reserveSamples, type SampleTotal, spendSamples } from "./sample-total.ts";

/** What an attempt that has left may cost. */
interface Owed {
  readonly worstCaseUsd: KnownOrUnknown;
  readonly samples: number;
}

/** What an earlier process left in the ledger. */
export interface RecoveredLedger {
  /** Without a budget: spending is a fact, limits are the caller's. */
  readonly account: Account;
  /** Likewise without a limit. */
  readonly samples: SampleTotal;
  readonly nextAttempt: number;
  /** Attempts that never ended: their process died while they were in flight. */
  readonly unfinished: ReadonlyMap<number, Owed>;
  /** Attempts presumed spent so far. */
  readonly presumedCount: number;
  readonly unpricedCount: number;
}

export async function readLedger(path: string): Promise<RecoveredLedger> {
  let account = openAccount();
  let samples = noSamples;
  let nextAttempt = 0;
  let presumedCount = 0;
  let unpricedCount = 0;
  const open = new Map<number, Owed>();
  const endOf = (attempt: number): Owed => {
    const owed = open.get(attempt) ?? { worstCaseUsd: 0, samples: 0 };
    open.delete(attempt);
    return owed;
  };
  const apply = (line: LedgerLine): void => {
    if ("intent" in line) {
      nextAttempt = Math.max(nextAttempt, line.intent + 1);
      open.set(line.intent, { worstCaseUsd: line.worstCaseUsd, samples: line.samples.length });
      account = reserve(account, line.worstCaseUsd) as Account;
      samples = reserveSamples(samples, line.samples.length) as SampleTotal;
    } else if ("settled" in line) {
      if (line.usd === undefined) unpricedCount += 1;
      const owed = endOf(line.settled);
      account = settle(account, owed.worstCaseUsd, line.usd ?? 0);
      samples = spendSamples(samples, owed.samples);
    } else if ("presumed" in line) {
      presumedCount += 1;
      const owed = endOf(line.presumed);
      account = presume(account, owed.worstCaseUsd);
      samples = spendSamples(samples, owed.samples);
    } else {
      const owed = endOf(line.released);
      account = release(account, owed.worstCaseUsd);
      samples = releaseSamples(samples, owed.samples);
    }
  };
  const recovered = () => ({ account, samples, nextAttempt, unfinished: open, presumedCount, unpricedCount });
  if (!existsSync(path)) return recovered();
  const content = await openBytes(path);
  try {
    await forEachLine(content, ({ bytes, number }) => apply(parseLine(bytes, path, number)));
  } finally {
    await content.close();
  }
  return recovered();
}

function parseLine(bytes: Buffer, path: string, line: number): LedgerLine {
  try {
    return ledgerLineSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    throw new QuorateError({
      code: "bad-input",
      what: `${path}, line ${line} is not a line of a ledger.`,
      hint: "The ledger says what was paid; it must not be edited. Start a new run with --reuse to keep the samples.",
      cause,
    });
  }
}

/** What a finished or running ledger amounts to; unfinished attempts count as presumed. */
export function spentUsd({ account, unfinished }: RecoveredLedger): {
  readonly recordedUsd: Usd;
  readonly presumedUsd: Usd;
} {
  const known = [...unfinished.values()].map(({ worstCaseUsd }) => worstCaseUsd).filter((usd) => usd !== "unknown");
  // Not what the account still holds in reserve: after many attempts that is rounding, not money.
  return {
    recordedUsd: account.recordedUsd,
    presumedUsd: known.reduce((sum, usd) => sum + usd, account.presumedUsd),
  };
}
