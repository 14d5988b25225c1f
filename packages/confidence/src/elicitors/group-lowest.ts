import { groupElicitor } from "./tokens/group-elicitor.ts";

/** DeepConf's lowest group (2508.15260): the least confident stretch of a response. What its online filter reads. */
export const groupLowest = groupElicitor("group-lowest", (groups) =>
  groups.reduce((lowest, group) => Math.min(lowest, group)),
);
