import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  confidenceToken,
  endToken,
  type RandomModel,
  randomModelBytes,
  randomModelFile,
} from "./__fixtures__/random-model.ts";
import { readModelFile } from "./model-file.ts";

function fileWith(bytes: Uint8Array): string {
  const path = randomModelFile();
  writeFileSync(path, bytes);
  return path;
}

const withMetadata = (metadata: NonNullable<RandomModel["metadata"]>): string => randomModelFile({ metadata });

describe("readModelFile", () => {
  it("reads what has to be known before weights are loaded", () => {
    const file = readModelFile(randomModelFile({ contextLength: 512 }));
    expect(file).toMatchObject({
      promptTemplate: "<|user|>{{question}}<|assistant|>",
      trainedContext: 512,
      startToken: undefined,
      confidenceToken,
    });
    expect([...file.endTokens]).toEqual([endToken]);
    expect([...file.controlTokens]).toEqual([0, 1, 2, 3, 4]);
  });

  it("reads a head of any size", () => {
    const path = withMetadata({ "general.description": { string: "x".repeat(3_000_000) }, after: { u32: 1 } });
    expect(readModelFile(path)).toEqual({ ...readModelFile(randomModelFile()), path });
  });

  it("knows the start token where a text begins with one", () => {
    const metadata = { "tokenizer.ggml.add_bos_token": { bool: true }, "tokenizer.ggml.bos_token_id": { u32: 3 } };
    expect(readModelFile(withMetadata(metadata)).startToken).toBe(3);
  });

  it("takes a template from its package only where the file has none", () => {
    const promptTemplate = "Q: {{question}}";
    expect(readModelFile(randomModelFile(), { promptTemplate }).promptTemplate).toContain("<|user|>");
    const bare = withMetadata({ "quorate.prompt_template": undefined });
    expect(readModelFile(bare, { promptTemplate }).promptTemplate).toBe(promptTemplate);
    expect(readModelFile(bare).promptTemplate).toBeUndefined();
  });

  it("has no confidence without a token for it, unless one was named", () => {
    const path = withMetadata({ "tokenizer.ggml.tokens": { strings: ["a", "b", "c"] } });
    expect(readModelFile(path).confidenceToken).toBeUndefined();
    expect(() => readModelFile(path, { confidenceToken: "<SURE>" })).toThrow(/no confidence token <SURE>/);
    expect(readModelFile(path, { confidenceToken: "b" }).confidenceToken).toBe(1);
  });

  it.each([
    ["missing", () => "/nowhere/model.gguf", /no weights to read at \/nowhere\/model.gguf.*--model/],
    ["a folder", () => "/", /cannot be used as a model/],
    ["empty", () => fileWith(Buffer.alloc(0)), /ends within its head/],
    ["something else", () => fileWith(Buffer.from("PK and so on")), /does not begin with GGUF/],
    ["of a coming version", () => fileWith(Buffer.from("GGUF\x09\0\0\0")), /version is 9/],
    ["cut off in its head", () => fileWith(randomModelBytes().subarray(0, 3000)), /ends within its head/],
    ["without a vocabulary", () => withMetadata({ "tokenizer.ggml.tokens": undefined }), /a vocabulary/],
    ["without an end", () => withMetadata({ "tokenizer.ggml.eos_token_id": undefined }), /an end token/],
    ["without a context", () => withMetadata({ "llama.context_length": undefined }), /a context length/],
    ["with a bad template", () => withMetadata({ "quorate.prompt_template": { string: "hi" } }), /\{\{question\}\}/],
  ])("says what is wrong with a file that is %s", (_what, path, message) => {
    expect(() => readModelFile(path())).toThrow(message);
    expect(() => readModelFile(path())).toThrow(expect.objectContaining({ code: "unknown-model" }));
  });
});
