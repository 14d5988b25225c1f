import { answerKinds } from "@quorate/core";
import type { ScoringDialect } from "@quorate/providers";
import { type Command, Option } from "commander";
import { collect, durationMs, integerFrom, numberFrom, openShare } from "./values.ts";

/** What `run` and `ask` have in common. */
export interface SamplingOptions {
  readonly model?: string;
  readonly baseUrl?: string;
  readonly scoring?: ScoringDialect;
  readonly judge?: string;
  readonly judgeBaseUrl?: string;
  readonly judgeScoring?: ScoringDialect;
  readonly policy: string;
  readonly set?: readonly string[];
  readonly value?: number;
  readonly confidence?: string;
  readonly calibrator?: readonly string[];
  readonly abstainBelow?: number;
  readonly maxSamples: number;
  readonly maxTokens?: number;
  readonly budget?: number;
  readonly deadline?: number;
  readonly concurrency: number;
  readonly samplesPerRequest?: number;
  readonly speculate: number;
  /** Of `run` alone. */
  readonly audit?: number;
  readonly temperature?: number;
  readonly kind?: (typeof answerKinds)[number];
  readonly pattern?: string;
  readonly field?: string;
  readonly grader?: string;
  readonly system?: string;
  readonly template?: string;
  readonly seed: number;
  readonly shuffle?: boolean;
  readonly prices?: string;
  readonly timeout?: number;
  readonly out?: string;
  readonly keepTokens?: boolean;
  readonly topLogprobs?: number;
  readonly durability: "os" | "disk";
  readonly json?: boolean;
}

/** No hosted model shows more. */
const mostTopLogprobs = 20;

/** As `@quorate/providers` names them, which takes too long to load for help. */
const scoringDialects: readonly ScoringDialect[] = ["vllm", "vllm-completions", "sglang", "llama-server"];

/** The rules' probabilities are exact up to here. */
export const mostSamples = 10_000;

export const confidenceHelp =
  "where votes bring their confidence from, e.g. token-probability, special-token, recorded";
export const calibratorHelp = "what `quorate calibrate` wrote, for samples or for decisions; may repeat";

export function addSamplingOptions(command: Command): Command {
  return command
    .option(
      "--model <provider:model>",
      "openai:MODEL, replay:FILE (a recording or a run's samples.jsonl), embedded (a small model that runs here) or embedded:FILE.gguf",
    )
    .option("--base-url <url>", "any OpenAI-compatible server; also OPENAI_BASE_URL")
    .addOption(
      new Option("--scoring <server>", "which server it is, for confidence that needs exact probabilities").choices(
        scoringDialects,
      ),
    )
    .option("--judge <provider:model>", "another model that is asked about samples, for policies that want one")
    .option("--judge-base-url <url>", "where the judge is, if not where the model is")
    .addOption(new Option("--judge-scoring <server>", "as --scoring, for the judge").choices(scoringDialects))
    .option("--policy <name|file>", "how votes count and when to stop; see `quorate policies`", "quorate")
    .option("--set <name=value>", "change a parameter of the policy, e.g. stop.horizon.level=0.99; may repeat", collect)
    .option(
      "--value <usd>",
      "dollars that a right answer is worth: stop when no number of further samples is worth its price",
      numberFrom(0),
    )
    .option("--confidence <signal>", confidenceHelp)
    .option("--calibrator <file>", calibratorHelp, collect)
    .option(
      "--abstain-below <p>",
      "mark answers whose probability of being right is below p; needs the confidence of decisions",
      openShare,
    )
    .option("--max-samples <n>", "samples of the full vote", integerFrom(1, mostSamples), 16)
    .option("--max-tokens <n>", "generated tokens a sample at most", integerFrom(1))
    .option("--budget <usd>", "dollars that are never exceeded; needs --max-tokens and a known price", numberFrom(0))
    .option("--deadline <time>", "stop after 90s, 15m, 2h with the best answers so far", durationMs)
    .option("--concurrency <n>", "requests in flight at most", integerFrom(1), 16)
    .option("--samples-per-request <n>", "samples one request may carry (the server's n)", integerFrom(1, mostSamples))
    .option(
      "--speculate <k>",
      "launch k more samples than needed: fewer rounds, more samples",
      integerFrom(0, mostSamples),
      0,
    )
    .option("--temperature <t>", "left to the server when not given", numberFrom(0))
    .addOption(new Option("--kind <kind>", "kind of answer, for questions that name none").choices(answerKinds))
    .option("--pattern <regex>", "for --kind pattern: RE2 syntax, its first group is the answer")
    .option("--field <path>", "for --kind json: the field that holds the answer")
    .option("--grader <module>", "for --kind custom: a module with extract(text) and, if wanted, equal(a, b)")
    .option("--system <text>", "a system message before every question")
    .option("--template <file>", "the prompt, with {{question}} and {{options}}")
    .option("--seed <n>", "of all that is random", integerFrom(0), 1)
    .option("--shuffle", "with replay: shuffle each question's samples by the seed")
    .option("--prices <file>", "JSON with prices of models that the list does not know")
    .option("--timeout <time>", "for one request", durationMs)
    .option("--out <dir>", "the run directory; the same command goes on where it stopped")
    .option("--keep-tokens", "keep every token with its log-probability in samples.jsonl")
    .option(
      "--top-logprobs <n>",
      "keep tokens, and so many of the likeliest at each place",
      integerFrom(1, mostTopLogprobs),
    )
    .addOption(
      new Option("--durability <mode>", "os: safe when the process dies; disk: safe when power fails")
        .choices(["os", "disk"])
        .default("os"),
    )
    .option("--json", "one JSON object on standard output");
}
