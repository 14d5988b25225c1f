import { certificateOf } from "../policy/tuned.ts";
import { type Stopped, strength } from "../stopping/combinator.ts";
import type { Certificate } from "../stopping/rule.ts";
import type { Decision } from "./decision.ts";
import type { QuestionState } from "./state.ts";

/** The decision of a stopped question; without a rule's verdict, of the full vote. */
export function decide(state: QuestionState, verdict?: Stopped): Decision {
  const { tally, launched, maxSamples, rounds, abstentions, unmeasured } = state;
  const answer = verdict?.answer ?? tally.byWeight.leader?.answer ?? null;
  const votes = tally.ranked().map(({ answer, count, weight }) => ({ answer, count, weight }));
  const weight = votes.find((vote) => vote.answer === answer)?.weight ?? 0;
  const speculatedSamples = launched - tally.sampleCount;
  return {
    answer,
    support: tally.totalWeight > 0 ? Math.min(1, Math.max(0, weight / tally.totalWeight)) : 0,
    ...(verdict?.confidence !== undefined && { confidence: verdict.confidence }),
    reason: verdict?.reason ?? (answer === null ? "no-votes" : "max-samples"),
    certificate: verdict === undefined ? "curtailed" : certified(state, verdict),
    sampleCount: tally.sampleCount,
    ...(speculatedSamples > 0 && { speculatedSamples }),
    savedSamples: Math.max(0, maxSamples - launched),
    rounds,
    votes,
    ...(tally.abstentionCount > 0 && { abstentions }),
    ...(unmeasured > 0 && { unmeasured }),
  };
}

/** The stronger of what the rule promises by itself and what tuning found for it, with the full vote it was tuned for. */
function certified({ compiled: { policy }, maxSamples }: QuestionState, verdict: Stopped): Certificate {
  const { tuned } = policy;
  if (tuned === undefined || tuned.maxSamples !== maxSamples) return verdict.certificate;
  const promised = certificateOf(tuned);
  return strength(verdict) > strength({ ...verdict, certificate: promised }) ? verdict.certificate : promised;
}
