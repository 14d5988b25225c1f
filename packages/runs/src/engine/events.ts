import type { Ballot } from "@quorate/core";
import type { DecisionLine } from "../storage/decision-line.ts";

/** What happens in a run, for whoever watches. */
export type RunEvent =
  | { readonly type: "wave-launched"; readonly question: number; readonly wave: number; readonly samples: number }
  | {
      readonly type: "sample-recorded";
      readonly question: number;
      readonly index: number;
      readonly ballot: Ballot;
      readonly detail?: string;
    }
  | { readonly type: "question-decided"; readonly question: number; readonly decision: DecisionLine }
  | { readonly type: "warning"; readonly message: string }
  | { readonly type: "run-ended"; readonly ending: RunEnding };

/** Why a run ended. After all but `completed` the same command goes on. */
export type RunEnding = "completed" | "budget" | "deadline" | "cancelled" | "failed";
