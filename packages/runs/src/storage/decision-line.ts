export type { DecisionRecord as DecisionLine } from "@quorate/core";
