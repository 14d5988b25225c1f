import { readFileSync } from "node:fs";
import {
  elicitorForSignal,
  type FittedCalibrator,
  parseDecisionConfidence,
  parseFittedCalibrator,
} from "@quorate/confidence";
import { type DecisionConfidence, type Policy, parsePolicy, QuorateError, setParameter } from "@quorate/core";

export interface ConfidenceOptions {
  readonly confidence?: string;
  readonly calibrator?: readonly string[];
  readonly abstainBelow?: number;
}

/** What `quorate calibrate` wrote. */
interface Documents {
  readonly ofSamples?: FittedCalibrator;
  readonly ofDecisions?: DecisionConfidence;
}

/**
 * The policy with the confidence that the person names: its source, the calibrator of its scores, the confidence of its
 * decisions, and from where on an answer is kept back. Each is part of the policy that the run keeps.
 */
export function withConfidence(policy: Policy, options: ConfidenceOptions): Policy {
  const { confidence, calibrator = [], abstainBelow } = options;
  const { ofSamples, ofDecisions } = documentsIn(calibrator);
  const reading =
    confidence === undefined && ofSamples === undefined ? policy : withSource(policy, confidence, ofSamples);
  if (ofDecisions === undefined && abstainBelow === undefined) return reading;
  return parsePolicy(
    {
      ...reading,
      ...(ofDecisions !== undefined && { decisionConfidence: ofDecisions }),
      ...(abstainBelow !== undefined && { abstainBelow }),
    },
    "policy with its decisions' confidence",
  );
}

function withSource(policy: Policy, named: string | undefined, fitted: FittedCalibrator | undefined): Policy {
  const elicitor =
    named === undefined ? (fitted?.signal ?? policy.confidence?.elicitor) : elicitorForSignal(named).name;
  if (elicitor === undefined) {
    throw new QuorateError({
      code: "bad-option",
      what: "The calibrator does not say whose scores it reads, and the policy names no confidence.",
      hint: "Name the signal with --confidence.",
    });
  }
  requireSameSignal(elicitor, fitted);
  const calibrator = fitted?.calibrator ?? { form: "identity" };
  // Its window or options are part of what a source measures.
  const same = policy.confidence?.elicitor === elicitor ? policy.confidence : {};
  return setParameter(policy, `confidence=${JSON.stringify({ ...same, elicitor, calibrator })}`);
}

/** A recording keeps one confidence, whatever its source: it may stand in for another on either side. */
function requireSameSignal(elicitor: string, fitted: FittedCalibrator | undefined): void {
  const { signal } = fitted ?? {};
  if (signal === undefined || signal === elicitor || signal === "recorded" || elicitor === "recorded") return;
  throw new QuorateError({
    code: "bad-option",
    what: `The calibrator was fitted to the scores of ${signal}, and --confidence names ${elicitor}.`,
    hint: "Scores of different signals mean different things: fit one with `quorate calibrate --signal`.",
  });
}

function documentsIn(paths: readonly string[]): Documents {
  let found: Documents = {};
  for (const path of paths) {
    const document = documentAt(path);
    const twice = Object.keys(document).find((kind) => kind in found);
    if (twice !== undefined) {
      const kind = twice === "ofSamples" ? "the confidence of samples" : "the confidence of decisions";
      throw new QuorateError({ code: "bad-option", what: `Two --calibrator files are about ${kind}.` });
    }
    found = { ...found, ...document };
  }
  return found;
}

/** For commands that show nothing of the confidence of decisions. */
export function requireOfSamples({ calibrator = [] }: Pick<ConfidenceOptions, "calibrator">): void {
  if (documentsIn(calibrator).ofDecisions === undefined) return;
  throw new QuorateError({
    code: "bad-option",
    what: "A confidence of decisions changes no vote, and there is nothing here to compare it by.",
    hint: "Leave that --calibrator out; `quorate calibrate --decision` says what it is worth.",
  });
}

function documentAt(path: string): Documents {
  const input = jsonAt(path);
  const method = typeof input === "object" && input !== null && "method" in input ? input.method : undefined;
  if (method === "vote-state") return { ofDecisions: parseDecisionConfidence(input) };
  if (method === "daca" || method === "ridge-logistic") {
    throw new QuorateError({
      code: "bad-option",
      what: `${path} maps ${method === "daca" ? "the probabilities of a question's options" : "several signals at once"}, which a policy does not read.`,
      hint: "A run takes calibrators of one signal, and confidences of decisions.",
    });
  }
  return { ofSamples: parseFittedCalibrator(input) };
}

function jsonAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new QuorateError({ code: "bad-option", what: `The calibrator ${path} cannot be read: ${why}.`, cause });
  }
}

/** What a person must hear about the confidence of decisions before a run; undefined where there is nothing to say. */
export function doubtfulConfidence(given: Policy, wanted: Policy, maxSamples: number): string | undefined {
  const { decisionConfidence } = wanted;
  if (decisionConfidence === undefined) {
    return given.decisionConfidence === undefined
      ? undefined
      : `${given.name} knew how often its decisions are right; --value, --set or --confidence has made another policy of it. Decisions of this run have no confidence of their own.`;
  }
  const { fittedFor } = decisionConfidence;
  if (fittedFor === undefined) return undefined;
  const { policy, maxSamples: fittedSamples } = fittedFor;
  const differs = [
    ...(policy === wanted.name ? [] : [`to decisions of ${policy}, and this is ${wanted.name}`]),
    ...(fittedSamples === maxSamples
      ? []
      : [`for a full vote of ${fittedSamples} samples, and this run has --max-samples ${maxSamples}`]),
  ];
  return differs.length === 0 ? undefined : `the confidence of decisions was fitted ${differs.join("; and ")}.`;
}
