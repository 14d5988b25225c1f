import { describe, expect, it } from "vitest";
import { modelCapabilities, openaiHost } from "./model-capabilities.ts";

describe("modelCapabilities", () => {
  it("knows OpenAI's families", () => {
    expect(modelCapabilities("gpt-4.1-mini", openaiHost)).toMatchObject({ samplesPerRequest: 128, logprobs: true });
    expect(modelCapabilities("gpt-5-mini", openaiHost)).toMatchObject({
      samplesPerRequest: 1,
      temperature: false,
      logprobs: false,
      limitField: "max_completion_tokens",
    });
    expect(modelCapabilities("gpt-5-chat-latest", openaiHost).temperature).toBe(true);
    expect(modelCapabilities("gpt-6-sol", openaiHost, "none")).toMatchObject({ temperature: true, logprobs: true });
  });
  it("asks other servers for one sample at a time", () => {
    expect(modelCapabilities("gpt-5", "localhost:8000")).toMatchObject({
      samplesPerRequest: 1,
      limitField: "max_tokens",
    });
  });
});
