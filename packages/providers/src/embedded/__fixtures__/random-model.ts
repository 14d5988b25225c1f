import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../seeded-random.ts";
import { type GgufTensor, type GgufValue, ggufBytes } from "./gguf-writer.ts";

export interface RandomModel {
  readonly embedding?: number;
  readonly layers?: number;
  readonly feedForward?: number;
  readonly contextLength?: number;
  /** Filled up with pieces that no text is made of. */
  readonly vocabularySize?: number;
  /** How much likelier the end and the confidence token are made, in logits. */
  readonly endBias?: number;
  readonly confidenceBias?: number;
  /** Takes the place of metadata, or with `undefined` leaves it out. */
  readonly metadata?: Readonly<Record<string, GgufValue | undefined>>;
}

export const specialTokens = ["<|user|>", "<|assistant|>", "<|end|>", "<|pad|>", "<CNF>"] as const;
export const endToken = specialTokens.indexOf("<|end|>");
export const confidenceToken = specialTokens.indexOf("<CNF>");

/** Written by GPT-2's rule: bytes that print stand for themselves, the others for characters from 256 on. */
const byteCharacters = Array.from({ length: 256 }, (_, byte) => byte).map(byteCharacter);
const merges = ["t h", "th e", "i n", "e r", "o n", "a n", "Ġ a", "Ġ t"];
const basicVocabulary = [...specialTokens, ...byteCharacters, ...merges.map((merge) => merge.replace(" ", ""))];

/** A model of the Llama architecture with random weights in a file of its own: what it writes is noise, yet always the same noise. */
export function randomModelFile(shape: RandomModel = {}): string {
  const path = join(mkdtempSync(join(tmpdir(), "quorate-model-")), "random.gguf");
  writeFileSync(path, randomModelBytes(shape));
  return path;
}

export function randomModelBytes(shape: RandomModel = {}): Buffer<ArrayBuffer> {
  const { embedding = 64, layers = 2, feedForward = 128, contextLength = 256, metadata = {} } = shape;
  const vocabulary = vocabularyOf(shape);
  const all: Record<string, GgufValue | undefined> = {
    "general.architecture": { string: "llama" },
    "general.name": { string: "random" },
    "llama.context_length": { u32: contextLength },
    "llama.embedding_length": { u32: embedding },
    "llama.block_count": { u32: layers },
    "llama.feed_forward_length": { u32: feedForward },
    "llama.attention.head_count": { u32: embedding / 16 },
    "llama.attention.head_count_kv": { u32: embedding / 16 },
    "llama.attention.layer_norm_rms_epsilon": { f32: 1e-5 },
    "llama.rope.dimension_count": { u32: 16 },
    "llama.vocab_size": { u32: vocabulary.length },
    "tokenizer.ggml.model": { string: "gpt2" },
    "tokenizer.ggml.pre": { string: "qwen2" },
    "tokenizer.ggml.tokens": { strings: vocabulary },
    "tokenizer.ggml.token_type": { i32s: vocabulary.map((_, id) => (id < specialTokens.length ? 3 : 1)) },
    "tokenizer.ggml.merges": { strings: merges },
    "tokenizer.ggml.eos_token_id": { u32: endToken },
    "tokenizer.ggml.padding_token_id": { u32: 3 },
    "tokenizer.ggml.add_bos_token": { bool: false },
    "quorate.prompt_template": { string: "<|user|>{{question}}<|assistant|>" },
    ...metadata,
  };
  const given = Object.entries(all).filter((entry): entry is [string, GgufValue] => entry[1] !== undefined);
  return ggufBytes(
    Object.fromEntries(given),
    tensorsOf({ ...shape, embedding, layers, feedForward, size: vocabulary.length }),
  );
}

function tensorsOf(
  shape: RandomModel & { embedding: number; layers: number; feedForward: number; size: number },
): GgufTensor[] {
  const { embedding: e, layers, feedForward: f, size, endBias = 3, confidenceBias = 2 } = shape;
  const random = seededRandom("random model", e, layers, f);
  const matrix = (name: string, columns: number, rows: number, spread = 2 / Math.sqrt(columns)): GgufTensor => ({
    name,
    dimensions: [columns, rows],
    values: Float32Array.from({ length: columns * rows }, () => (random() - 0.5) * spread * Math.sqrt(3)),
  });
  const ones = (name: string): GgufTensor => ({ name, dimensions: [e], values: new Float32Array(e).fill(1) });
  const input = matrix("token_embd.weight", e, size, 2);
  const output = matrix("output.weight", e, size);
  // The first feature is the same for every token and large, so that a row's weight on it is a bias of that row's logit.
  for (let token = 0; token < size; token++) {
    input.values[token * e] = 4;
    output.values[token * e] = token === endToken ? endBias / 2 : token === confidenceToken ? confidenceBias / 2 : 0;
  }
  const blocks = Array.from({ length: layers }, (_, layer) => `blk.${layer}.`).flatMap((name) => [
    ones(`${name}attn_norm.weight`),
    ...["q", "k", "v", "output"].map((part) => matrix(`${name}attn_${part}.weight`, e, e)),
    ones(`${name}ffn_norm.weight`),
    matrix(`${name}ffn_gate.weight`, e, f),
    matrix(`${name}ffn_up.weight`, e, f),
    matrix(`${name}ffn_down.weight`, f, e),
  ]);
  return [input, ...blocks, ones("output_norm.weight"), output];
}

function vocabularyOf({ vocabularySize = 0 }: RandomModel): readonly string[] {
  const missing = Math.max(0, vocabularySize - basicVocabulary.length);
  return [...basicVocabulary, ...Array.from({ length: missing }, (_, i) => `filler${i}`)];
}

function byteCharacter(byte: number): string {
  const prints = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  if (prints) return String.fromCharCode(byte);
  const hidden = byte <= 32 ? byte : byte <= 160 ? byte - 94 : 67;
  return String.fromCharCode(256 + hidden);
}
