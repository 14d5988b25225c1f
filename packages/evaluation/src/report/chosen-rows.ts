import type { DecisionRecord } from "@quorate/core";
import type { DecisionRecords } from "../summary/decision-records.ts";

export interface ChosenRows {
  readonly rows: readonly DecisionRecord[];
  readonly leftOut: number;
}

/** As many as there is room for: first those without an answer, then open ones, then the others, each in the given order. */
export async function chooseRows(decisions: DecisionRecords, room: number): Promise<ChosenRows> {
  const without: DecisionRecord[] = [];
  const open: DecisionRecord[] = [];
  const others: DecisionRecord[] = [];
  let total = 0;
  for await (const decision of decisions) {
    total += 1;
    const list = decision.interim === true ? open : decision.answer === null ? without : others;
    if (list.length < room) list.push(decision);
  }
  const rows = [...without, ...open, ...others].slice(0, room);
  return { rows, leftOut: total - rows.length };
}
