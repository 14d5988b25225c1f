import { ballotOf, type Estimator } from "@quorate/confidence";
import type { Ballot, Sample } from "@quorate/core";

/** A sample as far as a vote is concerned. */
export type ReadSample = Pick<Sample, "extraction" | "signals" | "distribution">;

/** The samples of a question as ballots; equal ballots share a symbol. */
export interface SymbolTable {
  readonly ballots: readonly Ballot[];
  /** Of each sample, in recorded order. */
  readonly symbols: Uint32Array;
}

/** Says once for all orders what each sample says to the vote. */
export function symbolTable(samples: readonly ReadSample[], estimate: Estimator): SymbolTable {
  const ballots: Ballot[] = [];
  const symbols = new Uint32Array(samples.length);
  const known = new Map<string, number>();
  samples.forEach((sample, place) => {
    const ballot = ballotOf(sample, estimate);
    const key = keyOf(ballot);
    let symbol = known.get(key);
    if (symbol === undefined) {
      symbol = ballots.length;
      known.set(key, symbol);
      ballots.push(ballot);
    }
    symbols[place] = symbol;
  });
  return { ballots, symbols };
}

function keyOf(ballot: Ballot): string {
  if (ballot.kind === "abstention") return `abstention ${ballot.reason}`;
  const { answer, confidence, distribution } = ballot;
  // The answer, which may hold anything, stands last.
  return `${confidence ?? ""} ${distribution === undefined ? "" : JSON.stringify(distribution)} ${answer}`;
}
