import { type Elicitor, scoreOf } from "./elicitor.ts";
import { statedConfidence } from "./text/stated-confidence.ts";

/**
 * The confidence that the model states after its answer, because the prompt asks for it (NVU of 2505.23854; the numerical
 * prompt of Tian et al. 2023). It comes in round numbers and mostly high: calibrate it.
 */
export const verbalNumeric: Elicitor = {
  name: "verbal-numeric",
  needs: "verbal-numeric",
  score: scoreOf("verbal-numeric"),
  asksFor: "percent",
  measure: {
    needs: { text: true },
    read({ text }) {
      const reading = text === undefined ? undefined : statedConfidence(text);
      return reading === undefined ? {} : { reading };
    },
  },
};
