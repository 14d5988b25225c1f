import { groupElicitor } from "./tokens/group-elicitor.ts";

const share = 0.1;

/** DeepConf's bottom 10 % (2508.15260): the mean of the least confident tenth of the groups, rounded down, at least one. */
export const groupBottom = groupElicitor("group-bottom", (groups) => {
  const lowest = [...groups].sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(share * groups.length)));
  return lowest.reduce((sum, group) => sum + group, 0) / lowest.length;
});
