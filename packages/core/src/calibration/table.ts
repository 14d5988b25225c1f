import { z } from "zod";
import { ascendingPoints, countBelow, defineForm } from "./form.ts";

/** [score, probability], scores ascending; straight lines between, flat outside. What isotonic regression gives. */
export const table = defineForm({
  schema: z.strictObject({ form: z.literal("table"), points: ascendingPoints }),
  build:
    ({ points }) =>
    (score) => {
      const at = countBelow(points, score, true);
      const before = points[at - 1];
      const after = points[at];
      if (before === undefined) return points[0]![1];
      if (after === undefined) return before[1];
      const way = (score - before[0]) / (after[0] - before[0]);
      return before[1] + way * (after[1] - before[1]);
    },
});
