import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { PolicyScore } from "../../replay/policy-score.ts";
import type { Interval } from "../../statistics/interval.ts";
import { counted, mean, percent, percentRange, signed } from "../../text/numbers.ts";
import { accuracyGain, keptAgreement, type Verdict } from "./verdict.ts";

/** What was compared and what came of it, in a sentence. */
export function evaluationHeadline(evaluation: EvaluationJson, verdict: Verdict | undefined): string {
  const { questions, policies, fullVote } = evaluation;
  if (policies.length === 0 || fullVote === undefined) return "Nothing could be compared.";
  const among = policies.length === 1 ? "On" : `Of ${counted(policies.length, "policy", "policies")} on`;
  const over = `${among} ${counted(questions, "question")}`;
  const full = mean(fullVote.meanSamples);
  if (verdict === undefined) return `${over}, none stops before the full vote of ${full} samples.`;
  const { sameAnswers: found } = verdict;
  switch (found.kind) {
    case "shown":
      return `${over}, ${nameOf(found.score)} keeps the full vote’s answer at least ${kept} of the time with the fewest samples: ${samples(found.score, full)}, agreement ${agreement(found.score)}.`;
    case "open":
      return `${over}, none that stops early is shown to keep the full vote’s answer ${kept} of the time; ${nameOf(found.score)} may, with ${samples(found.score, full)} samples: agreement ${agreement(found.score)}.`;
    case "missed":
      return `${over}, none that stops early keeps the full vote’s answer ${kept} of the time.`;
  }
}

const kept = percent(keptAgreement, 0);

/** What the sentence leaves out: accuracy, and how far to trust it. */
export function evaluationRemarks(evaluation: EvaluationJson, verdict: Verdict | undefined): string[] {
  const { policies, graded } = evaluation;
  if (policies.length === 0) return [];
  return [
    ...(graded === 0 ? ["No question has a gold answer, so nothing is known of accuracy."] : []),
    ...(verdict === undefined ? [] : accuracyRemarks(evaluation, verdict)),
    ...(verdict === undefined || policies.length < 2
      ? []
      : [
          "Brackets are 95 % intervals of one policy each. A policy picked from several on these questions looks better than it is: measure the one you choose on others.",
        ]),
  ];
}

function accuracyRemarks(evaluation: EvaluationJson, { sameAnswers, sameAccuracy, moreAccurate }: Verdict): string[] {
  if (sameAccuracy === undefined) return [];
  const told = (score: PolicyScore) => gainText(evaluation, score);
  const remarks: string[] = [];
  const same = "score" in sameAccuracy ? sameAccuracy.score : undefined;
  if (sameAccuracy.kind === "missed")
    remarks.push("Every policy that stops early loses more than a point of accuracy.");
  else if (sameAccuracy.kind === "open") {
    remarks.push(
      `None that stops early is shown to lose less than a point of accuracy; ${nameOf(same!)} may: ${told(same!)} with ${mean(same!.meanSamples)} samples.`,
    );
  } else if ("score" in sameAnswers && sameAnswers.score === same) {
    remarks.push(`Its accuracy is ${accuracy(same!)}, ${told(same!)} against the full vote, paired.`);
  } else {
    remarks.push(
      `Counted by accuracy, ${nameOf(same!)} loses at most a point with the fewest samples, ${mean(same!.meanSamples)}: accuracy ${accuracy(same!)}, ${told(same!)} against the full vote, paired.`,
    );
  }
  if (moreAccurate !== undefined && moreAccurate !== same) {
    remarks.push(
      `Right more often than the full vote: ${nameOf(moreAccurate)}, ${told(moreAccurate)}, with ${mean(moreAccurate.meanSamples)} samples.`,
    );
  }
  return remarks;
}

/** Names of several words are held together. */
const nameOf = ({ policy }: PolicyScore): string => (/[\s,]/.test(policy) ? `“${policy}”` : policy);

const samples = ({ meanSamples }: PolicyScore, full: string): string => `${mean(meanSamples)} instead of ${full}`;

const agreement = ({ agreement: value, agreementInterval }: PolicyScore): string =>
  `${percent(value, 2)}${range(agreementInterval, 2)}`;

const accuracy = ({ accuracy: value = 0, accuracyInterval }: PolicyScore): string =>
  `${percent(value)}${range(accuracyInterval, 1)}`;

const range = (interval: Interval | undefined, digits: number): string =>
  interval === undefined ? "" : ` (${percentRange(interval, digits)})`;

function gainText(evaluation: EvaluationJson, score: PolicyScore): string {
  const { difference, interval } = accuracyGain(evaluation, score)!;
  const points = (share: number) => signed(100 * share, 2);
  const between = interval === undefined ? "" : ` (${points(interval.low)} to ${points(interval.high)})`;
  return `${points(difference)} points${between}`;
}
