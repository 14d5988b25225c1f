import { z } from "zod";
import { isotonicTable } from "./isotonic-table.ts";
import { defineMethod } from "./method.ts";

const scoresPerBin = 5;

/** Any rising shape, as a table. */
export const isotonic = defineMethod({
  name: "isotonic",
  parameters: z.strictObject({ bins: z.int().min(1).default(20) }),
  needs: ({ bins }) => ({ scores: scoresPerBin * bins, ofEachClass: 1, scale: "any" }),
  fit: (ranked, { bins }) => isotonicTable(ranked, bins),
});
