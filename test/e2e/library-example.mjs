import { providerFromSpec } from "@quorate/providers";
import { decide } from "@quorate/runs";

const provider = await providerFromSpec("openai:gpt-4o-mini"); // OPENAI_API_KEY, OPENAI_BASE_URL
const { answer, support, sampleCount, savedSamples, reason } = await decide({
  provider,
  question: { id: "strawberry", kind: "number", text: "How many r are in strawberry?" },
  policy: "asc",
  maxSamples: 16,
  maxTokens: 1000,
});
console.log(`${answer}: ${sampleCount} samples, ${savedSamples} saved, support ${support.toFixed(2)}, by ${reason}`);
await provider.close();
