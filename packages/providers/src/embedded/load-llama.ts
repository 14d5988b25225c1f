import { QuorateError } from "@quorate/core";
import type { Llama } from "node-llama-cpp";

export type LlamaPackage = Pick<typeof import("node-llama-cpp"), "getLlama" | "LlamaLogLevel">;

/** Loading takes about a second, so it happens once a process; the package itself takes it down when the process ends. */
let shared: Promise<Llama> | undefined;

/** @throws QuorateError `provider-failed` where the package is missing or has nothing for this machine */
export function loadLlama(): Promise<Llama> {
  shared ??= startLlama(() => import("node-llama-cpp")).catch((error) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** Nothing is downloaded or compiled, and no GPU is used: its results differ from one machine to the next. */
export async function startLlama(load: () => Promise<LlamaPackage>): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await loadPackage(load);
  try {
    return await getLlama({
      gpu: false,
      build: "never",
      skipDownload: true,
      progressLogs: false,
      // Every lane has one thread of its own; a limit would make lanes wait for each other.
      maxThreads: 0,
      logLevel: LlamaLogLevel.fatal,
    });
  } catch (cause) {
    throw new QuorateError({
      code: "provider-failed",
      what: `node-llama-cpp cannot run on this machine (${process.platform}-${process.arch}): ${messageOf(cause)}.`,
      hint: `Install its binary (npm install @node-llama-cpp/${process.platform}-${process.arch}, where there is one), or use another --model.`,
      cause,
    });
  }
}

async function loadPackage(load: () => Promise<LlamaPackage>): Promise<LlamaPackage> {
  try {
    return await load();
  } catch (cause) {
    throw new QuorateError({
      code: "provider-failed",
      what: `An embedded model needs the package node-llama-cpp, which cannot be loaded: ${messageOf(cause)}.`,
      hint: "Install it (npm install node-llama-cpp), or use another --model.",
      cause,
    });
  }
}

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0]!.replace(/\.$/, "");
}
