import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { PolicyScore } from "../../replay/policy-score.ts";
import type { Difference } from "../../statistics/group-difference.ts";

/** Agreement with the full vote from which on its answers count as kept. */
export const keptAgreement = 0.99;
/** Accuracy that a policy may lose against the full vote and count as equally accurate. */
const lostAccuracy = 0.01;

/** The policy with the fewest samples that meets a bar. */
export type Choice =
  /** Its whole interval is on the right side. */
  | { readonly kind: "shown"; readonly score: PolicyScore }
  /** No policy's interval is; of those whose estimate is, the one with the fewest samples. */
  | { readonly kind: "open"; readonly score: PolicyScore }
  /** No estimate is. */
  | { readonly kind: "missed" };

export interface Verdict {
  /** By agreement with the full vote. */
  readonly sameAnswers: Choice;
  /** By the paired difference from the full vote; absent without gold, or where no full vote was replayed as the baseline. */
  readonly sameAccuracy?: Choice;
  /** The largest accuracy above the full vote's whose interval excludes none at all. */
  readonly moreAccurate?: PolicyScore;
}

/** What the evaluation says about stopping early; undefined where no policy does. */
export function verdictOf(evaluation: EvaluationJson): Verdict | undefined {
  const early = earlyPolicies(evaluation);
  if (early.length === 0) return undefined;
  const sameAnswers = choiceOf(
    early,
    ({ agreement }) => agreement >= keptAgreement,
    ({ agreementInterval }) => (agreementInterval?.low ?? 0) >= keptAgreement,
  );
  const compared = evaluation.policies.filter((score) => accuracyGain(evaluation, score) !== undefined);
  if (compared.length === 0) return { sameAnswers };
  const gain = (score: PolicyScore): Difference => accuracyGain(evaluation, score)!;
  const sameAccuracy = choiceOf(
    early.filter((score) => compared.includes(score)),
    (score) => gain(score).difference >= -lostAccuracy,
    (score) => (gain(score).interval?.low ?? Number.NEGATIVE_INFINITY) >= -lostAccuracy,
  );
  const better = compared
    .filter((score) => (gain(score).interval?.low ?? 0) > 0)
    .toSorted((a, b) => gain(b).difference - gain(a).difference);
  return { sameAnswers, sameAccuracy, ...(better[0] !== undefined && { moreAccurate: better[0] }) };
}

/** Policies that take fewer samples than the full vote. */
function earlyPolicies({ policies, fullVote }: EvaluationJson): PolicyScore[] {
  if (fullVote === undefined) return [];
  return policies.filter(({ meanSamples }) => meanSamples < fullVote.meanSamples);
}

/** Accuracy against the full vote, paired: known where the baseline answers as the full vote in every replay. */
export function accuracyGain({ policies, baseline }: EvaluationJson, score: PolicyScore): Difference | undefined {
  const isFullVote = policies.find(({ policy }) => policy === baseline)?.agreement === 1;
  return isFullVote ? score.versusBaseline?.accuracy : undefined;
}

function choiceOf(
  scores: readonly PolicyScore[],
  isEstimatedSo: (score: PolicyScore) => boolean,
  isShownSo: (score: PolicyScore) => boolean,
): Choice {
  // Of equally many samples, as where all policies share one total, the better agreement.
  const hundredths = ({ meanSamples }: PolicyScore): number => Math.round(100 * meanSamples);
  const cheapest = (of: readonly PolicyScore[]): PolicyScore | undefined =>
    of.toSorted((a, b) => hundredths(a) - hundredths(b) || b.agreement - a.agreement)[0];
  const shown = cheapest(scores.filter(isShownSo));
  if (shown !== undefined) return { kind: "shown", score: shown };
  const open = cheapest(scores.filter(isEstimatedSo));
  return open === undefined ? { kind: "missed" } : { kind: "open", score: open };
}
