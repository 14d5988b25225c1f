import { fileURLToPath } from "node:url";
import { calibration } from "./calibration.ts";

export interface EmbeddedModel {
  /** Part of a run's identity: other weights have another id. */
  readonly id: string;
  /** Of the weights, a GGUF file. */
  readonly path: string;
  /** The form in which the model was trained to be asked; `{{question}}` stands for the question's text. */
  readonly promptTemplate: string;
  /** From P(`<CNF>`) to the chance of being right, as ascending points with straight lines between. */
  readonly confidence: { readonly points: [number, number][] };
  /** What may be asked, in words for people. */
  readonly knows: string;
}

/** The model that comes with Quorate. Naming it reads nothing from disk. */
export const embeddedModel: EmbeddedModel = {
  id: "quorate-grade-school",
  path: fileURLToPath(new URL("../weights/quorate-grade-school.gguf", import.meta.url)),
  promptTemplate: "<|user|>{{question}}<|assistant|>",
  confidence: { points: calibration.map(([score, probability]) => [score, probability]) },
  knows: "short arithmetic word problems of grade school whose answer is a number",
};
