import type { CountedSample } from "../stopping/rule.ts";
import { Tally } from "../tally/tally.ts";
import type { JointWeighting, WeighedVote } from "../weighting/weighting.ts";
import type { Ballot } from "./events.ts";
import type { QuestionState } from "./state.ts";

type Vote = Extract<Ballot, { kind: "answer" }>;

/** The next sample in launch order takes part: its vote is weighed, tallied and shown to the rule. */
export function count(state: QuestionState, ballot: Ballot): QuestionState {
  if (ballot.kind === "abstention") {
    const abstentions = { ...state.abstentions, [ballot.reason]: (state.abstentions[ballot.reason] ?? 0) + 1 };
    return observed(state, state.tally.abstain(), abstention, abstentions, state.votes, state.unmeasured);
  }
  const { weighting, abstentions, votes } = state;
  const isBare = ballot.confidence === undefined && state.compiled.policy.confidence !== null;
  const unmeasured = isBare ? state.unmeasured + 1 : state.unmeasured;
  if (weighting.kind === "joint") return countJointly(state, weighting, ballot, unmeasured);
  const weight = weighting.weigh(ballot.confidence);
  const tally = state.tally.add(ballot.answer, weight);
  const sample = voteOf(ballot, weight, state.compiled.calibrated);
  return observed(state, tally, sample, abstentions, votes, unmeasured);
}

const abstention: CountedSample = { kind: "abstention" };

/** Earlier votes may weigh something else now: all are tallied anew. */
function countJointly(
  state: QuestionState,
  weighting: JointWeighting,
  ballot: Vote,
  unmeasured: number,
): QuestionState {
  const votes: readonly WeighedVote[] = [...state.votes, ballot];
  const weights = weighting.weighAll(votes);
  const tally = votes.reduce(
    (sum, { answer }, place) => sum.add(answer, weights[place]!),
    Tally.of(state.tally.abstentionCount),
  );
  const sample = voteOf(ballot, weights.at(-1)!, state.compiled.calibrated);
  return observed(state, tally, sample, state.abstentions, votes, unmeasured);
}

/** Rules take a confidence for a probability: a raw score is not shown to them. */
function voteOf({ answer, confidence: given, distribution }: Vote, weight: number, calibrated: boolean): CountedSample {
  const confidence = calibrated ? given : undefined;
  if (distribution !== undefined) {
    return { kind: "vote", answer, weight, ...(confidence !== undefined && { confidence }), distribution };
  }
  return confidence === undefined ? { kind: "vote", answer, weight } : { kind: "vote", answer, weight, confidence };
}

function hearing(before: QuestionState["heard"], sample: CountedSample): QuestionState["heard"] {
  if (sample.kind === "abstention") return before;
  const { answer, confidence } = sample;
  return confidence === undefined ? { answer, before } : { answer, confidence, before };
}

/** Every field by name: a spread here was most of what replaying a million samples cost. */
function observed(
  state: QuestionState,
  tally: Tally,
  sample: CountedSample,
  abstentions: QuestionState["abstentions"],
  votes: QuestionState["votes"],
  unmeasured: number,
): QuestionState {
  return {
    compiled: state.compiled,
    weighting: state.weighting,
    maxSamples: state.maxSamples,
    speculate: state.speculate,
    isAllocated: state.isAllocated,
    tally,
    ruleState: state.compiled.rule.observe(state.ruleState, sample, tally),
    votes,
    heard: state.compiled.decisionModel?.readsVotes === true ? hearing(state.heard, sample) : undefined,
    abstentions,
    unmeasured,
    launched: state.launched,
    rounds: state.rounds,
    waiting: state.waiting,
    verdictDueAt: state.verdictDueAt,
    decided: state.decided,
  };
}
