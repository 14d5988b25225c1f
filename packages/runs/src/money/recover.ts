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

/** What an earlier process left in the ledger. */
export interface RecoveredLedger {
  /** Without a budget: spending is a fact, limits are the caller's. */
  readonly account: Account;
  readonly nextAttempt: number;
  /** Attempts that never ended: their process died while they were in flight. */
  readonly unfinished: ReadonlyMap<number, KnownOrUnknown>;
  /** Attempts presumed spent so far. */
  readonly presumedCount: number;
  readonly unpricedCount: number;
}

export async function readLedger(path: string): Promise<RecoveredLedger> {
  let account = openAccount();
  let nextAttempt = 0;
  let presumedCount = 0;
  let unpricedCount = 0;
  const open = new Map<number, KnownOrUnknown>();
  const endOf = (attempt: number): KnownOrUnknown => {
    const worstCase = open.get(attempt) ?? 0;
    open.delete(attempt);
    return worstCase;
  };
  const apply = (line: LedgerLine): void => {
    if ("intent" in line) {
      nextAttempt = Math.max(nextAttempt, line.intent + 1);
      open.set(line.intent, line.worstCaseUsd);
      account = reserve(account, line.worstCaseUsd) as Account;
    } else if ("settled" in line) {
      if (line.usd === undefined) unpricedCount += 1;
      account = settle(account, endOf(line.settled), line.usd ?? 0);
    } else if ("presumed" in line) {
      presumedCount += 1;
      account = presume(account, endOf(line.presumed));
    } else {
      account = release(account, endOf(line.released));
    }
  };
  if (!existsSync(path)) return { account, nextAttempt, unfinished: open, presumedCount, unpricedCount };
  const content = await openBytes(path);
  try {
    await forEachLine(content, ({ bytes, number }) => apply(parseLine(bytes, path, number)));
  } finally {
    await content.close();
  }
  return { account, nextAttempt, unfinished: open, presumedCount, unpricedCount };
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
  const known = [...unfinished.values()].filter((usd) => usd !== "unknown");
  // Not what the account still holds in reserve: after many attempts that is rounding, not money.
  return {
    recordedUsd: account.recordedUsd,
    presumedUsd: known.reduce((sum, usd) => sum + usd, account.presumedUsd),
  };
}
