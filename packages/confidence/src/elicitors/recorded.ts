import type { Elicitor } from "./elicitor.ts";

/** The confidence that a trace recorded with the sample, whatever its source. */
export const recorded: Elicitor = {
  name: "recorded",
  needs: "recorded",
  score: (signals) => signals.recorded,
};
