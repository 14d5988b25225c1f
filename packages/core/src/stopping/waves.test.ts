import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { compilePolicy, ruleContext } from "../policy/compile.ts";
import { parsePolicy } from "../policy/schema.ts";
import { advance } from "../reducer/advance.ts";
import { count } from "../reducer/count.ts";
import type { Decision } from "../reducer/decision.ts";
import type { Ballot } from "../reducer/events.ts";
import { openQuestion, type QuestionState } from "../reducer/state.ts";
import { Tally } from "../tally/tally.ts";
import type { WeighedVote } from "../weighting/weighting.ts";
import { ruleDefinitions } from "./registry.ts";

/** Mutation testing repeats everything a thousand times: there, fewer cases of each property. */
const isMutated = process.env.QUORATE_MUTATION === "1";
const numRuns = isMutated ? 400 : 4000;
const exhaustiveLength = isMutated ? 4 : 6;

/** Each rule with parameters that make it stop early, late and in between. */
const stops: Record<string, object[]> = {
  fixed: [{ rule: "fixed" }, { rule: "fixed", choose: "best" }],
  beta: [0.6, 0.9, 0.95, 0.99].map((level) => ({ rule: "beta", level })),
  window: [2, 3, 5].map((size) => ({ rule: "window", size })),
  lead: [1, 2, 3, 5].map((margin) => ({ rule: "lead", margin })),
  learned: [
    { rule: "learned", bands: [{ minConfidence: 0, leaderVotes: [[1]] }] },
    {
      rule: "learned",
      bands: [{ minConfidence: 0, leaderVotes: [[], [2], [], [3, 3], [4, 4], [4, 4, 6], [3, 5, 7, 7]] }],
    },
    {
      rule: "learned",
      bands: [
        { minConfidence: 0, leaderVotes: [[], [], [3], [4], [4, 6], [4, 5, 6]] },
        { minConfidence: 0.5, leaderVotes: [[], [], [2], [4], [3, 6], [4, 4, 6]] },
        { minConfidence: 0.9, leaderVotes: [[1], [], [2], [2], [3, 4], [2, 4, 4]] },
      ],
    },
  ],
  threshold: [0.5, 0.8, 0.95].map((level) => ({ rule: "threshold", level })),
  gate: [{ rule: "gate", level: 0.5 }],
  share: [
    { rule: "share", level: 0.6, minVotes: 1 },
    { rule: "share", level: 0.9, minVotes: 3 },
    { rule: "share", level: 1 },
  ],
  curtailed: [{ rule: "curtailed" }],
  "first-pair": [
    { rule: "first-pair" },
    { rule: "first-pair", otherwise: { rule: "gate", level: 0.5 } },
    { rule: "first-pair", otherwise: { rule: "any", rules: [{ rule: "curtailed" }, { rule: "share", level: 0.7 }] } },
  ],
  dirichlet: [
    ...[0.6, 0.9, 0.95, 0.99].map((level) => ({ rule: "dirichlet", level })),
    { rule: "dirichlet", level: 0.8, answers: 4 },
  ],
  entropy: [0.5, 0.75, 0.9].map((level) => ({ rule: "entropy", level })),
  majority: [
    { rule: "majority", level: 0.6, minVotes: 1 },
    { rule: "majority" },
    { rule: "majority", level: 0.9, minVotes: 5 },
    { rule: "majority", level: 1, minVotes: 3 },
  ],
  crp: [
    { rule: "crp", level: 0.8 },
    { rule: "crp" },
    { rule: "crp", level: 0.999 },
    { rule: "crp", level: 0.9, horizon: 12 },
  ],
  sprt: [
    { rule: "sprt" },
    // Half of 2 : 2 already accepts "no difference".
    { rule: "sprt", p1: 0.7, alpha: 0.2, beta: 0.5 },
    { rule: "sprt", form: "intended" },
    { rule: "sprt", form: "intended", p1: 0.8, alpha: 0.3, beta: 0.5 },
  ],
  msprt: [
    { rule: "msprt" },
    { rule: "msprt", prior: 2, alpha: 0.2, beta: 0.6 },
    { rule: "msprt", form: "intended" },
    { rule: "msprt", form: "intended", prior: 4, alpha: 0.3, beta: 0.6 },
  ],
  cges: [
    { rule: "cges" },
    { rule: "cges", level: 0.999, clip: 0.2 },
    { rule: "cges", level: 0.9, clip: 0.3, answers: 3 },
    { rule: "cges", level: 0.8, clip: 0.1, other: "may-win" },
    { rule: "cges", level: 0.97, clip: 0.05, answers: 8, other: "may-win" },
  ],
  reasc: [
    { rule: "reasc" },
    { rule: "reasc", level: 0.99, gate: 1, lambda: 2, mean: 0.8 },
    { rule: "reasc", level: 0.8, gate: 0.6, lambda: 0.3, deviation: 0.1 },
    { rule: "reasc", lambda: 0, gate: 1 },
  ],
  "asc-d": [
    { rule: "asc-d", answers: 2 },
    { rule: "asc-d", answers: 4, delta: 0.3 },
    { rule: "asc-d", answers: 3, delta: 0.9, powers: 2 },
  ],
  beacon: [{ rule: "beacon" }, { rule: "beacon", cost: 0.01, minSamples: 5 }, { rule: "beacon", cost: 0.15 }],
  rasc: [{ rule: "rasc" }, { rule: "rasc", level: 0, size: 2 }, { rule: "rasc", level: 0.9, size: 1 }],
  "bayes-l3": [
    { rule: "bayes-l3", library: [{ frequencies: [9, 1] }, { frequencies: [5, 3, 2] }] },
    { rule: "bayes-l3", level: 0.99, library: [{ frequencies: [7, 2, 1], weight: 3 }, { frequencies: [1, 1, 1, 1] }] },
    { rule: "bayes-l3", level: 0.6, library: [{ frequencies: [1] }, { frequencies: [4, 3, 3] }] },
  ],
  horizon: [
    ...[0.6, 0.9].map((level) => ({ rule: "horizon", level })),
    { rule: "horizon", level: 0.8, ties: "lost", categories: 3 },
    { rule: "horizon", level: 0.7, categories: 3 },
  ],
  "e-process": [
    { rule: "e-process", delta: 0.3, answers: 3, target: "leader" },
    { rule: "e-process", delta: 0.6 },
    { rule: "e-process", delta: 0.2 },
    { rule: "e-process", delta: 0.6, target: "pilot", pilot: 1 },
  ],
  ppr: [
    { rule: "ppr", delta: 0.75, answers: 2 },
    { rule: "ppr", delta: 0.5, pilot: 2 },
  ],
  mmc: [
    { rule: "mmc", delta: 0.6 },
    { rule: "mmc", delta: 0.5, update: "plug-in" },
  ],
  "without-replacement": [
    { rule: "without-replacement", delta: 0.9, answers: 2 },
    { rule: "without-replacement", delta: 0.3, answers: 3 },
    { rule: "without-replacement", delta: 0.5 },
  ],
  value: [
    { rule: "value", answerUsd: 1, sampleUsd: 0.2 },
    { rule: "value", answerUsd: 1, sampleUsd: 0.02 },
    { rule: "value", answerUsd: 1, sampleUsd: 0.001, secondUsd: 0.01, roundSeconds: 2 },
    { rule: "value", answerUsd: 1, sampleUsd: 0 },
  ],
  any: [
    { rule: "any", rules: [{ rule: "curtailed" }, { rule: "beta" }, { rule: "gate", level: 0.6 }] },
    { rule: "any", rules: [{ rule: "lead" }, { rule: "window", size: 2 }] },
  ],
  all: [
    { rule: "all", rules: [{ rule: "beta" }, { rule: "share", level: 0.8 }] },
    {
      rule: "all",
      rules: [
        { rule: "window", size: 3 },
        { rule: "lead", margin: 1 },
      ],
    },
  ],
};

const weightings = [
  { form: "count" },
  { form: "linear" },
  { form: "softmax", temperature: 0.2 },
  { form: "log-odds", tempering: 0.7 },
  {
    form: "density-ratio",
    points: [
      [0.2, -1],
      [0.6, 0.5],
      [0.9, 2],
    ],
  },
  { form: "top-share", keep: 0.3 },
  { form: "top-share", keep: 0.7, weight: "count" },
  { form: "borda", power: 1.5 },
  { form: "rank-normal", gamma: 0.8 },
  { form: "distinct-paths" },
  { form: "distinct-paths", prune: "weibull" },
  { form: "cut-below", warmUp: 3, percentile: 60 },
  { form: "cut-below", warmUp: 16, percentile: 10, weight: "count" },
];

const policies = Object.values(stops)
  .flat()
  .flatMap((stop) =>
    weightings.map((weighting) =>
      compilePolicy(parsePolicy({ name: "tested", confidence: { elicitor: "recorded" }, weighting, stop })),
    ),
  );

const ballot: fc.Arbitrary<Ballot> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Ballot>({ kind: "abstention", reason: "no-answer" }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      answer: fc.constantFrom("a", "a", "a", "b", "b", "c"),
      // Ends of the range included: the proofs must hold for the largest weights.
      confidence: fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ first: fc.constantFrom("a", "b", "d"), share: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ first, share }) => ({
        kind: "answer" as const,
        answer: first,
        distribution: [
          { answer: first, probability: share },
          { answer: "c", probability: 1 - share },
        ],
      })),
  },
);

type Compiled = (typeof policies)[number];

/** The plain meaning of a rule: ask after every single sample. */
function oneByOne(compiled: Compiled, stream: readonly Ballot[]) {
  const weighting = compiled.weightingFor(undefined);
  const maxSamples = stream.length;
  const votes: WeighedVote[] = [];
  let tally = Tally.empty();
  let state = compiled.rule.init(ruleContext(compiled, weighting, { maxSamples }));
  const claims: number[] = [];
  for (let used = 0; ; used += 1) {
    const verdict = compiled.rule.verdict(state, tally, maxSamples - used);
    if (verdict.stop || used === maxSamples) {
      return { claims, used, answer: verdict.stop ? verdict.answer : (tally.byWeight.leader?.answer ?? null) };
    }
    claims.push(verdict.need);
    const next = stream[used]!;
    if (next.kind === "answer") {
      votes.push(next);
      const weights =
        weighting.kind === "joint"
          ? weighting.weighAll(votes)
          : votes.map(({ confidence }) => weighting.weigh(confidence));
      tally = Tally.of(tally.abstentionCount);
      for (const [place, { answer }] of votes.entries()) tally = tally.add(answer, weights[place]!);
      const weight = weights.at(-1)!;
      state = compiled.rule.observe(state, { ...next, kind: "vote", weight }, tally);
    } else {
      tally = tally.abstain();
      state = compiled.rule.observe(state, { kind: "abstention" }, tally);
    }
  }
}

/** The reducer, fed with each wave's samples in an order of arrival that `shuffle` picks. */
function inWaves(compiled: Compiled, stream: readonly Ballot[], shuffle: number): Decision {
  let decision: Decision | undefined;
  let step = advance(openQuestion(compiled, { maxSamples: stream.length }), { type: "question-opened" });
  const inFlight: number[] = [];
  for (;;) {
    for (const command of step.commands) {
      if (command.type === "launch") inFlight.push(...command.indexes);
      if (command.type === "decide") decision = command.decision;
    }
    if (decision !== undefined) return decision;
    const [index] = inFlight.splice(shuffle % inFlight.length, 1);
    step = advance(step.state, { type: "sample-recorded", index: index!, ballot: stream[index!]! });
  }
}

describe("zero-waste waves", () => {
  it("are tested for every rule there is", () => {
    expect(Object.keys(stops).sort()).toEqual(ruleDefinitions.map(({ name }) => name).sort());
  });

  test.prop([fc.constantFrom(...policies), fc.array(ballot, { minLength: 1, maxLength: 40 }), fc.nat()], {
    seed: 23,
    numRuns,
  })("decide as one sample at a time, with the same number of samples", (compiled, stream, shuffle) => {
    const expected = oneByOne(compiled, stream);
    const decision = inWaves(compiled, stream, shuffle);
    expect({ answer: decision.answer, used: decision.sampleCount }).toEqual({
      answer: expected.answer,
      used: expected.used,
    });
    expect(decision.sampleCount + decision.savedSamples).toBe(stream.length);
    expect(decision.rounds).toBeLessThanOrEqual(Math.max(1, decision.sampleCount));
  });

  test.prop([fc.constantFrom(...policies), fc.array(ballot, { minLength: 1, maxLength: 40 })], {
    seed: 29,
    numRuns,
  })("never stop before what the rule said it needs", (compiled, stream) => {
    const { claims, used } = oneByOne(compiled, stream);
    claims.forEach((need, at) => {
      expect(need).toBeGreaterThanOrEqual(1);
      expect(at + need).toBeLessThanOrEqual(Math.max(used, at + 1));
    });
  });
});

describe("curtailed", () => {
  const withCurtailment = [...weightings, { form: "log-odds", answers: 3, allowNegative: true }].map((weighting) => {
    const policy = (stop: object) =>
      compilePolicy(parsePolicy({ name: "tested", confidence: { elicitor: "recorded" }, weighting, stop }));
    return { early: policy({ rule: "curtailed" }), full: policy({ rule: "fixed" }) };
  });

  test.prop([fc.constantFrom(...withCurtailment), fc.array(ballot, { minLength: 1, maxLength: 12 }), fc.nat()], {
    seed: 37,
    numRuns,
  })("decides as the full vote would, whatever the weights", ({ early, full }, stream, shuffle) => {
    expect(inWaves(early, stream, shuffle).answer).toBe(inWaves(full, stream, 0).answer);
  });
});

/** Every continuation of every short history: no luck involved. */
describe("need, exhaustively", () => {
  const ballots: Ballot[] = [
    { kind: "answer", answer: "a", confidence: 1 },
    { kind: "answer", answer: "b", confidence: 1 },
    {
      kind: "answer",
      answer: "c",
      confidence: 0.4,
      distribution: [
        { answer: "c", probability: 0.6 },
        { answer: "a", probability: 0.4 },
      ],
    },
    { kind: "abstention", reason: "no-answer" },
  ];
  /** Fewest further samples to a stop, over all continuations; on the way every claim is held against it. */
  function soonest(state: QuestionState, history: string): number {
    const left = state.maxSamples - state.tally.sampleCount;
    const verdict = state.compiled.rule.verdict(state.ruleState, state.tally, left);
    if (verdict.stop || left === 0) return 0;
    const fewest = 1 + Math.min(...ballots.map((next, place) => soonest(count(state, next), history + place)));
    if (verdict.need > fewest) {
      throw new Error(`${JSON.stringify(state.compiled.policy)} after ${history}: ${verdict.need} > ${fewest}`);
    }
    return fewest;
  }

  it("holds for every short stream", { timeout: 60_000 }, () => {
    for (const compiled of policies) {
      const isJoint = compiled.weightingFor(undefined).kind === "joint";
      soonest(openQuestion(compiled, { maxSamples: exhaustiveLength - (isJoint ? 1 : 0) }), "");
    }
  });
});
