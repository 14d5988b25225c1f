import { count } from "./count.ts";
import { decide } from "./decide.ts";
import type { Limit } from "./decision.ts";
import type { Ballot, QuestionCommand, QuestionEvent } from "./events.ts";
import type { QuestionState } from "./state.ts";

export interface Step {
  readonly state: QuestionState;
  readonly commands: readonly QuestionCommand[];
}

const nothing: readonly QuestionCommand[] = [];

/**
 * The only place where a question's state changes. Pure: no clock, no randomness, no I/O; the same state and event always
 * give the same step. Samples count in launch order, and the rule is asked after each one that could stop it, so a wave
 * decides exactly as one sample at a time would.
 */
export function advance(state: QuestionState, event: QuestionEvent): Step {
  if (state.decided) return { state, commands: nothing };
  switch (event.type) {
    case "question-opened":
      return settle(state);
    case "wave-granted":
      return grant(state, event.samples);
    case "sample-recorded":
      return record(state, event.index, event.ballot);
    case "supply-ended":
      return endSupply(state, event.available);
    case "limit-reached":
      return endForLimit(state, event.limit);
  }
}

function record(state: QuestionState, index: number, ballot: Ballot): Step {
  const next = state.tally.sampleCount;
  if (index < next || index >= state.launched || state.waiting.has(index)) return { state, commands: nothing };
  if (index > next)
    return { state: { ...state, waiting: new Map(state.waiting).set(index, ballot) }, commands: nothing };
  return settle(count(state, ballot));
}

/**
 * Counts what waited for its turn, asks the rule as soon as it could stop, and launches only when nothing is left to
 * count: a sample that is at hand may make the next wave pointless.
 */
function settle(state: QuestionState): Step {
  let current = state;
  for (;;) {
    const next = current.tally.sampleCount;
    if (next >= current.verdictDueAt) {
      const left = current.maxSamples - next;
      const verdict = current.compiled.rule.verdict(current.ruleState, current.tally, left);
      if (verdict.stop) return close(current, decide(current, verdict));
      if (left <= 0) return close(current, decide(current));
      current = { ...current, verdictDueAt: next + verdict.need };
    }
    const ballot = current.waiting.get(next);
    if (ballot === undefined) return launch(current);
    current = count(withoutWaiting(current, next), ballot);
  }
}

/** As many as the rule needs, and as many more as may be speculated. */
function launch(state: QuestionState): Step {
  const target = Math.min(state.maxSamples, state.verdictDueAt + state.speculate);
  if (target <= state.launched) return { state, commands: nothing };
  if (!state.isAllocated) return launchUpTo(state, target);
  // A wave that was granted in part asks for the rest once that part has counted.
  const isOut = state.launched > state.tally.sampleCount;
  return { state, commands: isOut ? nothing : [{ type: "ask", samples: target - state.launched }] };
}

function grant(state: QuestionState, samples: number): Step {
  const target = Math.min(state.maxSamples, state.verdictDueAt + state.speculate, state.launched + samples);
  return target <= state.launched ? { state, commands: nothing } : launchUpTo(state, target);
}

function launchUpTo(state: QuestionState, target: number): Step {
  const indexes = Array.from({ length: target - state.launched }, (_, i) => state.launched + i);
  return {
    state: { ...state, launched: target, rounds: state.rounds + 1 },
    commands: [{ type: "launch", wave: state.rounds, indexes }],
  };
}

/** Fewer samples exist than the full vote asked for: what lies beyond was never launched. */
function endSupply(state: QuestionState, available: number): Step {
  if (available >= state.maxSamples) return { state, commands: nothing };
  const shorter = {
    ...state,
    maxSamples: Math.max(available, state.tally.sampleCount),
    launched: Math.min(state.launched, available),
    verdictDueAt: Math.min(state.verdictDueAt, available),
  };
  return shorter.tally.sampleCount >= shorter.launched ? settle(shorter) : { state: shorter, commands: nothing };
}

/** The best answer so far: what is still out abstains, what waited for it counts. */
function endForLimit(state: QuestionState, limit: Limit): Step {
  let current = state;
  while (current.tally.sampleCount < state.launched && current.tally.sampleCount <= lastWaiting(state)) {
    const next = current.tally.sampleCount;
    current = count(current, state.waiting.get(next) ?? { kind: "abstention", reason: "cancelled" });
  }
  return close(current, { ...decide(current), reason: limit, certificate: "heuristic", interim: true });
}

function lastWaiting(state: QuestionState): number {
  return Math.max(-1, ...state.waiting.keys());
}

function close(state: QuestionState, decision: ReturnType<typeof decide>): Step {
  const isOut = state.launched > state.tally.sampleCount;
  return {
    state: { ...state, decided: true, waiting: new Map() },
    commands: [...(isOut ? ([{ type: "cancel" }] as const) : []), { type: "decide", decision }],
  };
}

function withoutWaiting(state: QuestionState, index: number): QuestionState {
  const waiting = new Map(state.waiting);
  waiting.delete(index);
  return { ...state, waiting };
}
