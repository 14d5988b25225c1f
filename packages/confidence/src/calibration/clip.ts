import { z } from "zod";

/** Scores nearer than this to 0 or 1 count as this near; it is saved with the calibrator, which does the same. */
export const clip = z.number().gt(0).lt(0.5).default(1e-6);
