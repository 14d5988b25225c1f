import { QuorateError } from "../errors.ts";
import { type Policy, parsePolicy } from "./schema.ts";

interface Preset {
  readonly name: string;
  /** One line for lists and help. */
  readonly summary: string;
  readonly policy: Readonly<Record<string, unknown>>;
}

/** Every policy that has a name. All are made of the same parts; a new one is an entry here. */
export const presets: readonly Preset[] = [
  {
    name: "quorate",
    summary:
      "the default: stop when the rest cannot matter, or when the Beta criterion is met; gated by a calibrated confidence",
    policy: {
      stop: {
        rule: "any",
        rules: [{ rule: "curtailed" }, { rule: "beta", level: 0.95 }, { rule: "gate", level: 0.95 }],
      },
    },
  },
  { name: "sc", summary: "self-consistency: every sample, plurality", policy: { stop: { rule: "fixed" } } },
  { name: "asc", summary: "Adaptive-Consistency, Beta criterion", policy: { stop: { rule: "beta", level: 0.95 } } },
  {
    name: "esc",
    summary: "early-stopping self-consistency: a unanimous window",
    policy: { stop: { rule: "window", size: 5 } },
  },
  {
    name: "lead",
    summary: "first to lead by a margin (ConSol's default)",
    policy: { stop: { rule: "lead", margin: 3 } },
  },
  {
    name: "horizon",
    summary: "stop when the leader would probably still lead at the full vote",
    policy: { stop: { rule: "horizon", level: 0.975 } },
  },
  {
    name: "e-process",
    summary: "stop when the leader is certified as the most likely answer, at most 5 % of the time wrongly",
    policy: { stop: { rule: "e-process", delta: 0.05 } },
  },
  {
    name: "ppr",
    summary: "as e-process, by the prior-posterior ratio (PPR-1v1)",
    policy: { stop: { rule: "ppr", delta: 0.05 } },
  },
  {
    name: "mmc",
    summary: "as e-process, against the runner-up and against all others together (MMC)",
    policy: { stop: { rule: "mmc", delta: 0.05 } },
  },
  {
    name: "cisc",
    summary: "every sample, votes weighted by softmax of confidence",
    policy: {
      confidence: { elicitor: "token-probability" },
      weighting: { form: "softmax", temperature: 0.5 },
      stop: { rule: "fixed" },
    },
  },
  {
    name: "grace-sc",
    summary: "every sample, votes weighted by the confidence token (GrACE)",
    policy: { confidence: { elicitor: "special-token" }, weighting: { form: "linear" }, stop: { rule: "fixed" } },
  },
  {
    name: "grace-es",
    summary: "stop at the first sample whose confidence token is over the level (GrACE)",
    policy: {
      confidence: { elicitor: "special-token" },
      weighting: { form: "linear" },
      stop: { rule: "threshold", level: 0.9 },
    },
  },
  {
    name: "asc-conf",
    summary: "stop when the leader's share of confidence reaches the level (CaTS)",
    policy: {
      confidence: { elicitor: "token-probability" },
      weighting: { form: "linear" },
      stop: { rule: "share", level: 0.7, minVotes: 2 },
    },
  },
  {
    name: "best-of-n",
    summary: "every sample, the most confident one decides",
    policy: { confidence: { elicitor: "token-probability" }, stop: { rule: "fixed", choose: "best" } },
  },
];

/** @throws QuorateError `bad-policy` listing the known names */
export function presetNamed(name: string): Policy {
  const preset = presets.find((candidate) => candidate.name === name);
  if (preset === undefined) {
    throw new QuorateError({
      code: "bad-policy",
      what: `There is no policy "${name}".`,
      hint: `Known: ${presets.map((known) => known.name).join(", ")}; or name a JSON file.`,
    });
  }
  return parsePolicy({ name, ...preset.policy }, `preset ${name}`);
}
