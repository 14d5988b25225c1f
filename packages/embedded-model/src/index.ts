export type { EmbeddedModel } from "./embedded-model.ts";
export { embeddedModel } from "./embedded-model.ts";
