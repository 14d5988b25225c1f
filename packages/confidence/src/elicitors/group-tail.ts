import { groupElicitor } from "./tokens/group-elicitor.ts";

/** DeepConf's tail (2508.15260): the last group of tokens, where the answer is. */
export const groupTail = groupElicitor("group-tail", (groups) => groups.at(-1)!);
