import type { Dialect, ScoringDialect } from "./dialect.ts";
import { llamaServer } from "./llama-server.ts";
import { sglang } from "./sglang.ts";
import { vllm, vllmCompletions } from "./vllm.ts";

export const dialects: Readonly<Record<ScoringDialect, Dialect>> = {
  vllm,
  "vllm-completions": vllmCompletions,
  sglang,
  "llama-server": llamaServer,
};
