import { fileURLToPath } from "node:url";

export interface EmbeddedModel {
  /** Part of a run's identity: other weights have another id. */
  readonly id: string;
  /** Of the weights, a GGUF file. */
  readonly path: string;
  /** The form in which the model was trained to be asked; `{{question}}` stands for the question's text. */
  readonly promptTemplate: string;
  /** What may be asked, in words for people. */
  readonly knows: string;
}

/** The model that comes with Quorate. Naming it reads nothing from disk. */
export const embeddedModel: EmbeddedModel = {
  id: "quorate-grade-school",
  path: fileURLToPath(new URL("../weights/quorate-grade-school.gguf", import.meta.url)),
  promptTemplate: "<|user|>{{question}}<|assistant|>",
  knows: "short arithmetic word problems of grade school whose answer is a number",
};
