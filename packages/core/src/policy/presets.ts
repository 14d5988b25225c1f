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
      "the default: stop when the rest cannot matter, or would probably not change the answer; gated by a calibrated confidence",
    policy: {
      stop: {
        rule: "any",
        rules: [{ rule: "curtailed" }, { rule: "horizon", level: 0.975 }, { rule: "gate", level: 0.95 }],
      },
    },
  },
  { name: "sc", summary: "self-consistency: every sample, plurality", policy: { stop: { rule: "fixed" } } },
  { name: "asc", summary: "Adaptive-Consistency, Beta criterion", policy: { stop: { rule: "beta", level: 0.95 } } },
  {
    name: "asc-dirichlet",
    summary: "Adaptive-Consistency, Dirichlet criterion: the leader against all other answers",
    policy: { stop: { rule: "dirichlet", level: 0.95 } },
  },
  {
    name: "asc-entropy",
    summary: "Adaptive-Consistency, entropy criterion",
    policy: { stop: { rule: "entropy", level: 0.75 } },
  },
  {
    name: "asc-majority",
    summary: "Adaptive-Consistency, majority criterion",
    policy: { stop: { rule: "majority", level: 0.8, minVotes: 2 } },
  },
  {
    name: "asc-crp",
    summary: "Adaptive-Consistency, Chinese-restaurant criterion: likely to lead the full vote",
    policy: { stop: { rule: "crp", level: 0.95 } },
  },
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
  { name: "sprt", summary: "ConSol's sequential test, as released", policy: { stop: { rule: "sprt" } } },
  { name: "msprt", summary: "ConSol's mixture sequential test, as released", policy: { stop: { rule: "msprt" } } },
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
    name: "deepconf-low",
    summary:
      "after 16 votes only those among the most confident tenth count; stop at a 95 % share (DeepConf online, η = 10)",
    policy: deepConfOnline(90),
  },
  {
    name: "deepconf-high",
    summary: "after 16 votes the least confident tenth counts no more; stop at a 95 % share (DeepConf online, η = 90)",
    policy: deepConfOnline(10),
  },
  {
    name: "cges",
    summary: "stop when the posterior of the leading answer, by the confidence of each vote, reaches the level",
    policy: {
      confidence: { elicitor: "token-probability" },
      weighting: { form: "log-odds" },
      stop: { rule: "cges", level: 0.95 },
    },
  },
  {
    name: "reasc",
    summary:
      "a confident first sample decides, else the Beta criterion on votes that count more when confident (ReASC)",
    policy: { confidence: { elicitor: "token-probability" }, stop: { rule: "reasc", gate: 0.95, level: 0.95 } },
  },
  {
    name: "best-of-n",
    summary: "every sample, the most confident one decides",
    policy: { confidence: { elicitor: "token-probability" }, stop: { rule: "fixed", choose: "best" } },
  },
];

/**
 * DeepConf-low and -high are the paper's names for its online algorithm (2508.15260): a warm-up of 16, a threshold at the
 * percentile 100 − η of its lowest-group confidences, consensus at .95. Votes that pass count one each. The paper weighs them
 * by the confidence, which is nearly uniform among them and has no upper end: the share could then turn over with any vote,
 * and samples would have to be drawn one at a time.
 */
function deepConfOnline(percentile: number): Readonly<Record<string, unknown>> {
  return {
    confidence: { elicitor: "group-lowest", calibrator: { form: "raw" } },
    weighting: { form: "cut-below", warmUp: 16, percentile, weight: "count" },
    stop: { rule: "share", level: 0.95, minVotes: 16 },
  };
}

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
