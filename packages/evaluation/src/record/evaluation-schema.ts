import { policySchema } from "@quorate/core";
import { z } from "zod";
import type { EvaluationJson } from "./evaluation-json.ts";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const interval = z.object({ low: z.number(), high: z.number() });

const difference = z.object({
  a: z.number(),
  b: z.number(),
  difference: z.number(),
  interval: interval.exactOptional(),
  questions: count,
});

const tokenPrices = z.object({
  inputUsdPerMillion: z.number().nonnegative(),
  cachedInputUsdPerMillion: z.number().nonnegative().exactOptional(),
  cacheWriteUsdPerMillion: z.number().nonnegative().exactOptional(),
  outputUsdPerMillion: z.number().nonnegative(),
});

const modelPrice = tokenPrices.extend({
  source: z.string(),
  date: z.string().exactOptional(),
  longPrompts: z.array(tokenPrices.extend({ aboveInputTokens: count })).exactOptional(),
});

const knownMean = z.object({ mean: z.number(), questions: count });
const promptMean = z.object({ shared: z.number(), apart: z.number(), questions: count });

const policyScore = z.object({
  policy: z.string(),
  definition: policySchema,
  accuracy: share.exactOptional(),
  accuracyInterval: interval.exactOptional(),
  agreement: share,
  agreementInterval: interval.exactOptional(),
  meanSamples: z.number(),
  samplesInterval: interval.exactOptional(),
  medianSamples: z.number(),
  p95Samples: z.number(),
  meanRounds: z.number(),
  meanRequests: z.number(),
  meanAbstentions: z.number(),
  earlyStops: share,
  wrongModeStops: share,
  stopReasons: z.record(z.string(), count),
  samplesHistogram: z.array(z.object({ samples: count, replays: count })),
  outputTokens: knownMean.exactOptional(),
  inputTokens: promptMean.exactOptional(),
  outputUsd: knownMean.exactOptional(),
  totalUsd: promptMean.exactOptional(),
  seconds: z.object({ mean: z.number(), median: z.number(), p95: z.number(), questions: count }).exactOptional(),
  versusBaseline: z
    .object({ accuracy: difference.exactOptional(), agreement: difference, samples: difference })
    .exactOptional(),
});

const reach = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("interpolated"), samples: z.number(), interval: interval.exactOptional() }),
  z.object({ kind: z.literal("loosest-suffices"), samples: z.number() }),
  z.object({ kind: z.literal("not-reached"), best: share }),
]);

const curve = z.object({
  policy: z.string(),
  parameter: z.string(),
  strictness: z.enum(["ascending", "descending"]),
  own: z.number(),
  points: z.array(
    z.object({
      value: z.number(),
      meanSamples: z.number(),
      samplesInterval: interval.exactOptional(),
      meanRounds: z.number(),
      agreement: share,
      agreementInterval: interval.exactOptional(),
      accuracy: share.exactOptional(),
      accuracyInterval: interval.exactOptional(),
      wrongModeStops: share,
    }),
  ),
  samplesAtAgreement: z.array(z.object({ agreement: share, reach })),
  samplesAtFullVoteAccuracy: reach.exactOptional(),
});

const hardQuestion = z.object({
  id: z.string(),
  group: z.string().exactOptional(),
  gold: z.string().exactOptional(),
  samples: count,
  abstentions: count,
  votes: z.array(z.object({ answer: z.string(), count })),
  otherVotes: count,
  policies: z.array(
    z.object({ policy: z.string(), agreement: share, accuracy: share.exactOptional(), meanSamples: z.number() }),
  ),
});

const latency = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("measured") }),
  z.object({ kind: z.literal("lognormal"), medianSeconds: z.number().positive(), sigma: z.number().nonnegative() }),
]);

/** One trace's evaluation. Keys that a later version adds are left out. */
export const evaluationSchema: z.ZodType<EvaluationJson> = z.object({
  file: z.string(),
  digest: z.string().exactOptional(),
  questions: count,
  permutations: count,
  maxSamples: count,
  seed: z.union([z.string(), z.number()]),
  samplesPerRequest: count.exactOptional(),
  graded: count,
  priced: z.object({ model: z.string(), price: z.union([modelPrice, z.literal("unknown")]) }).exactOptional(),
  latency: latency.exactOptional(),
  fullVote: z
    .object({ accuracy: share.exactOptional(), accuracyInterval: interval.exactOptional(), meanSamples: z.number() })
    .exactOptional(),
  baseline: z.string().exactOptional(),
  policies: z.array(policyScore),
  curves: z.array(curve).exactOptional(),
  hardest: z.array(hardQuestion),
  skipped: z.array(z.object({ policy: z.string(), why: z.string() })).exactOptional(),
  notes: z.array(z.string()).exactOptional(),
});
