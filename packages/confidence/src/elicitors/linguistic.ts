import { type Elicitor, scoreOf } from "./elicitor.ts";
import { soundOf } from "./text/hedging.ts";

/**
 * How sure the response sounds, by a graded list of hedges: what LVU (2505.23854) asks a judge for, without a judge. English
 * only. Where the prompt does not ask to hedge, most responses do not, and all score 1.
 */
export const linguistic: Elicitor = {
  name: "linguistic",
  needs: "linguistic",
  score: scoreOf("linguistic"),
  measure: {
    needs: { text: true },
    read({ text }) {
      const reading = text === undefined ? undefined : soundOf(text);
      return reading === undefined ? {} : { reading };
    },
  },
};
