import { meanConfidenceOf } from "../decision-confidence/features.ts";
import { certificateOf } from "../policy/tuned.ts";
import { type Stopped, strength } from "../stopping/combinator.ts";
import type { Certificate } from "../stopping/rule.ts";
import type { Decision } from "./decision.ts";
import type { HeardVote, QuestionState } from "./state.ts";

/** The decision of a stopped question; without a rule's verdict, of the full vote. */
export function decide(state: QuestionState, verdict?: Stopped): Decision {
  const { tally, launched, maxSamples, rounds, abstentions, unmeasured } = state;
  const answer = verdict?.answer ?? tally.byWeight.leader?.answer ?? null;
  const votes = tally.ranked().map(({ answer, count, weight }) => ({ answer, count, weight }));
  const weight = votes.find((vote) => vote.answer === answer)?.weight ?? 0;
  const support = tally.totalWeight > 0 ? Math.min(1, Math.max(0, weight / tally.totalWeight)) : 0;
  const speculatedSamples = launched - tally.sampleCount;
  return {
    answer,
    support,
    ...confidenceOf(state, { answer, support, votes, sampleCount: tally.sampleCount }, verdict),
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

/** From the state of the vote where that was fitted; else what the rule read of a single sample. */
function confidenceOf(
  { compiled: { decisionModel }, heard }: QuestionState,
  vote: Pick<Decision, "answer" | "support" | "votes" | "sampleCount">,
  verdict: Stopped | undefined,
): Pick<Decision, "confidence" | "abstained"> {
  if (decisionModel === undefined) return verdict?.confidence === undefined ? {} : { confidence: verdict.confidence };
  const { confidenceOf, abstainBelow } = decisionModel;
  const leaderConfidence = meanConfidenceOf(vote.answer, votesIn(heard));
  const confidence = confidenceOf({ ...vote, ...(leaderConfidence !== undefined && { leaderConfidence }) });
  // An answer of unknown worth has not been shown to be good enough.
  const isEnough = abstainBelow === undefined || (confidence !== undefined && confidence >= abstainBelow);
  const abstained = vote.answer !== null && !isEnough;
  return { ...(confidence !== undefined && { confidence }), ...(abstained && { abstained }) };
}

function* votesIn(heard: HeardVote | undefined): Generator<HeardVote> {
  for (let vote = heard; vote !== undefined; vote = vote.before) yield vote;
}

/** The stronger of what the rule promises by itself and what tuning found for it, with the full vote it was tuned for. */
function certified({ compiled: { policy }, maxSamples }: QuestionState, verdict: Stopped): Certificate {
  const { tuned } = policy;
  if (tuned === undefined || tuned.maxSamples !== maxSamples) return verdict.certificate;
  const promised = certificateOf(tuned);
  return strength(verdict) > strength({ ...verdict, certificate: promised }) ? verdict.certificate : promised;
}
