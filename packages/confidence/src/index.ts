export { ballotOf } from "./ballot-of.ts";
export type { Elicitor } from "./elicitors/elicitor.ts";
export { elicitorNamed, elicitors } from "./elicitors/registry.ts";
export type { Estimator } from "./estimator.ts";
export { estimatorFor } from "./estimator.ts";
export type { FittedPolicy } from "./fit-policy.ts";
export { fitPolicy } from "./fit-policy.ts";
