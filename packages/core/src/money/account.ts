import { type KnownOrUnknown, roundingUsd, type Usd } from "./usd.ts";

/**
 * The money of a run. Always: recorded ≤ billed ≤ recorded + presumed, and recorded + presumed + reserved ≤ budget.
 * A value: every operation returns a new one.
 */
export interface Account {
  /** Absent: no limit. */
  readonly budgetUsd?: Usd;
  /** Spent according to usage that the server reported. */
  readonly recordedUsd: Usd;
  /** Worst cases of attempts whose fate nobody knows: counted as spent. */
  readonly presumedUsd: Usd;
  /** Worst cases of attempts in flight. */
  readonly reservedUsd: Usd;
}

export function openAccount(budgetUsd?: Usd): Account {
  return { ...(budgetUsd !== undefined && { budgetUsd }), recordedUsd: 0, presumedUsd: 0, reservedUsd: 0 };
}

/** What is neither spent nor set aside; Infinity without a budget. */
export function leftUsd({ budgetUsd, recordedUsd, presumedUsd, reservedUsd }: Account): Usd {
  return budgetUsd === undefined ? Number.POSITIVE_INFINITY : budgetUsd - recordedUsd - presumedUsd - reservedUsd;
}

/**
 * Sets the worst case of an attempt aside before it leaves. `later`: it does not fit now, but attempts in flight may
 * give money back. `never`: it does not fit and nothing is in flight, or its price is unknown under a budget.
 */
export function reserve(account: Account, worstCaseUsd: KnownOrUnknown): Account | "later" | "never" {
  if (worstCaseUsd === "unknown") return account.budgetUsd === undefined ? account : "never";
  if (worstCaseUsd > leftUsd(account) + roundingUsd) return account.reservedUsd > roundingUsd ? "later" : "never";
  return { ...account, reservedUsd: account.reservedUsd + worstCaseUsd };
}

/** The server said what the attempt cost. */
export function settle(account: Account, worstCaseUsd: KnownOrUnknown, usd: Usd): Account {
  return { ...release(account, worstCaseUsd), recordedUsd: account.recordedUsd + usd };
}

/** Nobody knows whether the attempt was billed: its worst case counts as spent. */
export function presume(account: Account, worstCaseUsd: KnownOrUnknown): Account {
  const spent = worstCaseUsd === "unknown" ? 0 : worstCaseUsd;
  return { ...release(account, worstCaseUsd), presumedUsd: account.presumedUsd + spent };
}

/** The attempt was certainly not billed. */
export function release(account: Account, worstCaseUsd: KnownOrUnknown): Account {
  if (worstCaseUsd === "unknown") return account;
  return { ...account, reservedUsd: Math.max(0, account.reservedUsd - worstCaseUsd) };
}
