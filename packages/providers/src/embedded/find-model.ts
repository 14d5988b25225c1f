import { type Policy, QuorateError } from "@quorate/core";
import { type ModelFile, readModelFile } from "./model-file.ts";

export interface FoundModel {
  /** How a person tells it from others. */
  readonly name: string;
  readonly file: ModelFile;
  /** Calibrated by whoever made the model. */
  readonly confidence?: NonNullable<Policy["confidence"]>;
}

export interface WantedModel {
  readonly modelPath?: string;
  readonly confidenceToken?: string;
}

/** The model at the path, else the one that comes with Quorate. Reads the head of the file only. */
export async function findModel({ modelPath, ...options }: WantedModel): Promise<FoundModel> {
  if (modelPath !== undefined) return { name: modelPath, file: readModelFile(modelPath, options) };
  const { id, path, promptTemplate, confidence } = await ownModel();
  return {
    name: id,
    file: readModelFile(path, { ...options, promptTemplate }),
    confidence: { elicitor: "special-token", calibrator: { form: "table", points: confidence.points } },
  };
}

async function ownModel(): Promise<typeof import("@quorate/embedded-model").embeddedModel> {
  try {
    return (await import("@quorate/embedded-model")).embeddedModel;
  } catch (cause) {
    throw new QuorateError({
      code: "unknown-model",
      what: "The package @quorate/embedded-model, which holds the model's weights, is not installed.",
      hint: "Install it (npm install @quorate/embedded-model), name a file with --model embedded:FILE.gguf, or use another --model.",
      cause,
    });
  }
}
