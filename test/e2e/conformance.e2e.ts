import { startLlmServer } from "@quorate/llm-server";
import { openaiProvider, replayProvider } from "@quorate/providers";
import { describeProvider } from "@quorate/providers/testing";
import { describe, it } from "vitest";
import { makeWorkplace } from "./support/workplace.ts";

const price = { inputUsdPerMillion: 0.15, cachedInputUsdPerMillion: 0.075, outputUsdPerMillion: 0.6 };

for (const samplesPerRequest of [1, 4]) {
  describeProvider(
    { describe, it },
    {
      name: `openai over real HTTP, n up to ${samplesPerRequest},`,
      create: async () => {
        const server = await startLlmServer();
        const options = {
          model: "fake-model",
          baseUrl: server.url,
          samplesPerRequest,
          prices: { "fake-model": price },
        };
        return { provider: await openaiProvider(options), close: () => server.close() };
      },
    },
  );
}

describeProvider(
  { describe, it },
  {
    name: "replay of a file",
    skip: [{ reason: "what is recorded costs nothing", tests: ["makes what cannot be paid an outcome"] }],
    create: async () => {
      const place = makeWorkplace();
      const samples = Array.from({ length: 50 }, (_, i) => ({ answer: String(i % 3) }));
      const trace = place.file("trace.jsonl", `${JSON.stringify({ id: "six-times-seven", gold: "42", samples })}\n`);
      return { provider: await replayProvider(trace), close: () => Promise.resolve(place.remove()) };
    },
  },
);
