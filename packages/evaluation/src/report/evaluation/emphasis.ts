import { agreements } from "../../matched/curve.ts";
import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { Verdict } from "./verdict.ts";

/** How a policy is drawn, the same in every chart of the page. */
export interface Look {
  /** Of colour, dash and shape. */
  readonly place: number;
  readonly isQuiet: boolean;
}

/** As many as have a colour of their own. */
const mostLoud = 8;

/** More policies than colours: the baseline, those that the headline names and the best ones stand out, the others are grey. */
export function looksOf(evaluation: EvaluationJson, verdict: Verdict | undefined): Map<string, Look> {
  const names = evaluation.policies.map(({ policy }) => policy);
  const loud = names.length <= mostLoud ? names : names.filter((name) => outstanding(evaluation, verdict).has(name));
  return new Map(
    names.map((name) => {
      const place = loud.indexOf(name);
      return [name, place === -1 ? { place: 0, isQuiet: true } : { place, isQuiet: false }];
    }),
  );
}

function outstanding(evaluation: EvaluationJson, verdict: Verdict | undefined): Set<string | undefined> {
  const { baseline, policies, curves = [] } = evaluation;
  const { sameAnswers, sameAccuracy, moreAccurate } = verdict ?? {};
  const nameIn = (choice: Verdict["sameAccuracy"]) =>
    choice !== undefined && "score" in choice ? choice.score.policy : undefined;
  const mostAccurate = policies.toSorted((a, b) => (b.accuracy ?? 0) - (a.accuracy ?? 0))[0];
  const fewest = agreements.map((wanted) => {
    const reached = curves.flatMap(({ policy, samplesAtAgreement }) => {
      const reach = samplesAtAgreement.find(({ agreement }) => agreement === wanted)?.reach;
      return reach === undefined || reach.kind === "not-reached" ? [] : [{ policy, samples: reach.samples }];
    });
    return reached.sort((a, b) => a.samples - b.samples)[0]?.policy;
  });
  return new Set([
    baseline,
    nameIn(sameAnswers),
    nameIn(sameAccuracy),
    moreAccurate?.policy,
    ...(mostAccurate?.accuracy === undefined ? [] : [mostAccurate.policy]),
    ...fewest,
  ]);
}
