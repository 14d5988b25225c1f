import { availableParallelism } from "node:os";
import { QuorateError } from "@quorate/core";

export interface EmbeddedOptions {
  /** A GGUF file. @default the model of the package `@quorate/embedded-model` */
  readonly modelPath?: string;
  /** Samples that are generated side by side, each with a processor core. @default as many as there are cores, 4 at most */
  readonly parallel?: number;
  /** Tokens of prompt and response together. @default what the model was trained for, 4096 at most */
  readonly contextSize?: number;
  /** Its probability at the end of a response is the signal `special-token`. @default "<CNF>" where the model has it */
  readonly confidenceToken?: string;
  /** Draws among the likeliest tokens that together have this probability. @default 1 */
  readonly topP?: number;
  readonly onWarning?: (message: string) => void;
}

export interface CheckedEmbeddedOptions extends EmbeddedOptions {
  readonly parallel: number;
  readonly topP: number;
  readonly onWarning: (message: string) => void;
}

export function checkEmbeddedOptions(options: EmbeddedOptions): CheckedEmbeddedOptions {
  const { parallel = Math.min(4, availableParallelism()), contextSize, topP = 1 } = options;
  requireCount("parallel", parallel, 64);
  if (contextSize !== undefined) requireCount("contextSize", contextSize, 2 ** 24);
  if (!(topP > 0 && topP <= 1)) throw wrongOption("topP", "a number above 0 and at most 1", topP);
  if (options.modelPath === "") throw wrongOption("modelPath", "the path of a GGUF file", "");
  return { ...options, parallel, topP, onWarning: options.onWarning ?? (() => {}) };
}

function requireCount(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw wrongOption(name, `an integer from 1 to ${most}`, value);
}

function wrongOption(name: string, expected: string, seen: unknown): QuorateError {
  return new QuorateError({ code: "bad-option", what: `The option \`${name}\` cannot be used.`, expected, seen });
}
