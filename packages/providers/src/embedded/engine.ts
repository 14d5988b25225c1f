import { isQuorateError } from "@quorate/core";
import type { Llama, LlamaModel } from "node-llama-cpp";
import { Lane } from "./lane.ts";
import { loadLlama } from "./load-llama.ts";
import type { ModelFile } from "./model-file.ts";
import type { Tokenize } from "./prompt.ts";
import { damagedModel } from "./read-header.ts";

/** A model whose weights are loaded, with its lanes. */
export interface Engine {
  readonly lanes: readonly Lane[];
  readonly tokenize: Tokenize;
  readonly textOf: (tokens: readonly number[]) => string;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly laneCount: number;
  /** Tokens of prompt and response together. */
  readonly contextSize: number;
}

/** @throws QuorateError `provider-failed` where nothing can run, `unknown-model` for weights that cannot be loaded */
export async function openEngine(file: ModelFile, options: EngineOptions): Promise<Engine> {
  const llama = await loadLlama();
  const model = await loadModel(llama, file);
  try {
    const { laneCount, contextSize } = options;
    const lanes = await Promise.all(
      Array.from({ length: laneCount }, () => Lane.open(model, contextSize, file.vocabularySize)),
    );
    return {
      lanes,
      tokenize: (text, parseSpecial) => model.tokenize(text, parseSpecial, "trimLeadingSpace"),
      textOf: (tokens) => model.detokenize(tokens as Parameters<LlamaModel["detokenize"]>[0]),
      close: () => model.dispose(),
    };
  } catch (error) {
    await model.dispose();
    throw isQuorateError(error) ? error : damagedModel(file.path, error);
  }
}

async function loadModel(llama: Llama, { path }: ModelFile): Promise<LlamaModel> {
  try {
    return await llama.loadModel({ modelPath: path, checkTensors: true });
  } catch (cause) {
    throw damagedModel(path, cause);
  }
}
