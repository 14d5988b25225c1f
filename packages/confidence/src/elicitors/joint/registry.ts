import { consistency } from "./consistency.ts";
import type { JointElicitor } from "./joint-elicitor.ts";
import { verbalConsistency } from "./verbal-consistency.ts";

/** Every joint elicitor there is. A new one is a file, its test and a line here. */
export const jointElicitors: readonly JointElicitor[] = [consistency, verbalConsistency];
