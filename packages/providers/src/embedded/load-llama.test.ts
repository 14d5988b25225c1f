import { expect, it, vi } from "vitest";
import { type LlamaPackage, startLlama } from "./load-llama.ts";

const LlamaLogLevel = { fatal: "fatal" } as unknown as LlamaPackage["LlamaLogLevel"];

it("says how to get the package when it is missing", async () => {
  const missing = Promise.reject(new Error("Cannot find package 'node-llama-cpp'\nRequire stack: …"));
  await expect(startLlama(() => missing)).rejects.toMatchObject({
    code: "provider-failed",
    message: expect.stringMatching(/Cannot find package 'node-llama-cpp'\. Install it .*--model/),
  });
});

it("says so where the package has no binary for this machine", async () => {
  const getLlama = (() => Promise.reject(new Error("NoBinaryFoundError"))) as LlamaPackage["getLlama"];
  await expect(startLlama(() => Promise.resolve({ getLlama, LlamaLogLevel }))).rejects.toMatchObject({
    code: "provider-failed",
    message: expect.stringContaining(`${process.platform}-${process.arch}`),
  });
});

it("downloads and compiles nothing", async () => {
  const getLlama = vi.fn(() => Promise.resolve({}));
  await startLlama(() => Promise.resolve({ getLlama, LlamaLogLevel } as unknown as LlamaPackage));
  expect(getLlama).toHaveBeenCalledWith(expect.objectContaining({ build: "never", skipDownload: true, gpu: false }));
});
