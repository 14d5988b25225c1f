import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { compilePolicy } from "../policy/compile.ts";
import { presetNamed } from "../policy/presets.ts";
import { parsePolicy } from "../policy/schema.ts";
import { setParameter } from "../policy/set.ts";
import { advance, type Step } from "./advance.ts";
import type { Ballot, QuestionEvent } from "./events.ts";
import { openQuestion, type QuestionLimits } from "./state.ts";

const asc = compilePolicy(presetNamed("asc"));
const votes = (answer: string): Ballot => ({ kind: "answer", answer });
const abstains: Ballot = { kind: "abstention", reason: "no-answer" };

function opened(limits: QuestionLimits, compiled = asc): Step {
  return advance(openQuestion(compiled, limits), { type: "question-opened" });
}

function feed(step: Step, ...events: QuestionEvent[]): Step {
  return events.reduce((current, event) => advance(current.state, event), step);
}

const recorded = (index: number, ballot: Ballot): QuestionEvent => ({ type: "sample-recorded", index, ballot });
const unanimous = (from: number, to: number): QuestionEvent[] =>
  Array.from({ length: to - from }, (_, i) => recorded(from + i, votes("A")));

describe("advance", () => {
  it("opens with the smallest wave that could settle it", () => {
    expect(opened({ maxSamples: 40 }).commands).toEqual([{ type: "launch", wave: 0, indexes: [0, 1, 2, 3] }]);
    expect(opened({ maxSamples: 3 }).commands).toEqual([{ type: "launch", wave: 0, indexes: [0, 1, 2] }]);
  });

  it("decides when the rule stops, and says why", () => {
    const { commands, state } = feed(opened({ maxSamples: 40 }), ...unanimous(0, 4));
    expect(commands).toEqual([
      {
        type: "decide",
        decision: {
          answer: "A",
          support: 1,
          reason: "beta",
          certificate: "heuristic",
          sampleCount: 4,
          savedSamples: 36,
          rounds: 1,
          votes: [{ answer: "A", count: 4, weight: 4 }],
        },
      },
    ]);
    expect(state.decided).toBe(true);
    expect(feed({ state, commands: [] }, recorded(4, votes("B"))).commands).toEqual([]);
  });

  it("launches what is needed next, as one wave", () => {
    const step = feed(opened({ maxSamples: 40 }), recorded(0, votes("A")), recorded(1, votes("B")), ...unanimous(2, 4));
    expect(step.commands).toEqual([{ type: "launch", wave: 1, indexes: [4, 5, 6] }]);
  });

  it("counts in launch order, whatever arrives first", () => {
    const window = compilePolicy(parsePolicy({ name: "w", stop: { rule: "window", size: 2 } }));
    let step = opened({ maxSamples: 8 }, window);
    step = feed(step, recorded(1, votes("B")));
    expect(step.state.tally.sampleCount).toBe(0);
    expect(step.commands).toEqual([]);
    step = feed(step, recorded(0, votes("A")));
    expect(step.state.tally.byCount.leader?.answer).toBe("A");
    expect(step.commands).toEqual([{ type: "launch", wave: 1, indexes: [2, 3] }]);
  });

  it("ignores what it did not launch and what it has already", () => {
    const step = feed(opened({ maxSamples: 40 }), recorded(0, votes("A")));
    expect(feed(step, recorded(0, votes("B"))).state).toBe(step.state);
    expect(feed(step, recorded(4, votes("B"))).state).toBe(step.state);
    const ahead = feed(step, recorded(2, votes("C")));
    expect(feed(ahead, recorded(2, votes("D"))).state).toBe(ahead.state);
  });

  it("takes the full vote when the rule never stops, and the class seen first on a tie", () => {
    const step = feed(
      opened({ maxSamples: 4 }),
      ...["B", "A", "A", "B"].map((answer, index) => recorded(index, votes(answer))),
    );
    expect(step.commands).toMatchObject([
      {
        type: "decide",
        decision: { answer: "B", support: 0.5, reason: "max-samples", certificate: "curtailed", savedSamples: 0 },
      },
    ]);
  });

  it("counts abstentions as used samples and reports their reasons", () => {
    const step = feed(
      opened({ maxSamples: 3 }),
      recorded(0, abstains),
      recorded(1, votes("A")),
      recorded(2, { kind: "abstention", reason: "refused" }),
    );
    expect(step.commands).toMatchObject([
      { decision: { answer: "A", support: 1, sampleCount: 3, abstentions: { "no-answer": 1, refused: 1 } } },
    ]);
  });

  it("falls back to counts, with no support, when every weight is 0", () => {
    const confident =
      (confidence: number) =>
      (answer: string): Ballot => ({ kind: "answer", answer, confidence });
    const weightless = ["A", "B", "B"].map(confident(0));
    for (const weighting of [{ form: "linear" }, { form: "log-odds" }, { form: "top-share", keep: 0.5 }]) {
      for (const stop of [{ rule: "fixed" }, { rule: "share" }, { rule: "curtailed" }]) {
        const compiled = compilePolicy(
          parsePolicy({ name: "w", confidence: { elicitor: "recorded" }, weighting, stop }),
        );
        const events = weightless.map((ballot, index) => recorded(index, ballot));
        expect(feed(opened({ maxSamples: 3 }, compiled), ...events).commands).toMatchObject([
          { decision: { answer: "B", support: 0, votes: [{ answer: "B", count: 2, weight: 0 }, { answer: "A" }] } },
        ]);
      }
    }
  });

  it("DeepConf asks for its warm-up at once, then drops what lies under its threshold", () => {
    const low = compilePolicy(presetNamed("deepconf-low"));
    const first = opened({ maxSamples: 64 }, low);
    expect(first.commands).toMatchObject([{ type: "launch", indexes: Array.from({ length: 16 }, (_, i) => i) }]);
    // The two surest say B; percentile 90 lies half-way between the third and the second of them.
    const warmUp = Array.from({ length: 16 }, (_, i) =>
      recorded(i, { kind: "answer", answer: i < 14 ? "A" : "B", confidence: (i + 1) / 20 }),
    );
    expect(feed(first, ...warmUp).commands).toMatchObject([
      { decision: { answer: "B", support: 1, reason: "share", sampleCount: 16, rounds: 1 } },
    ]);
    const high = compilePolicy(presetNamed("deepconf-high"));
    const later = feed(opened({ maxSamples: 64 }, high), ...warmUp);
    // 12 of 14 votes pass for A; then as many as it would take if all said A, and not one by one.
    const votes = Math.ceil((0.95 * 14 - 12) / 0.05 - 1e-6);
    expect(later.commands).toMatchObject([{ type: "launch", wave: 1 }]);
    expect(later.state.launched).toBe(16 + votes);
  });

  it("shows raw scores to the weighting alone", () => {
    const stop = { rule: "any", rules: [{ rule: "curtailed" }, { rule: "gate" }] };
    const confidence = { elicitor: "group-lowest", calibrator: { form: "raw" } };
    const weighting = { form: "top-share", keep: 0.3 };
    const compiled = compilePolicy(parsePolicy({ name: "r", confidence, weighting, stop }));
    const votes = [17.5, 12, undefined].map((score, index) =>
      recorded(index, { kind: "answer", answer: "ABB"[index]!, ...(score !== undefined && { confidence: score }) }),
    );
    const first = opened({ maxSamples: 3 }, compiled);
    // No gate opens for 17.5, and the vote without a score is the last of all.
    expect(first.commands).toMatchObject([{ indexes: [0, 1, 2] }]);
    const decision = { answer: "A", support: 1, unmeasured: 1, reason: "max-samples" };
    const [{ decision: made }] = feed(first, ...votes).commands as unknown as [{ decision: object }];
    expect(made).toMatchObject(decision);
    expect(made).not.toHaveProperty("confidence");
  });

  it("bounds no weight of a raw score that counts as it is", () => {
    const policy = setParameter(presetNamed("deepconf-high"), "weighting.weight=confidence");
    const scores = Array.from({ length: 16 }, (_, i) =>
      recorded(i, { kind: "answer", answer: i < 14 ? "A" : "B", confidence: i + 5 }),
    );
    const later = feed(opened({ maxSamples: 64 }, compilePolicy(policy)), ...scores);
    expect(later.commands).toMatchObject([{ type: "launch", indexes: [16] }]);
  });

  it("counts votes without the confidence that the policy reads, and only those", () => {
    const bare = { kind: "answer", answer: "A" } as const;
    const events = [abstains, bare, bare].map((ballot, index) => recorded(index, ballot));
    const decide = (compiled: typeof sure) => feed(opened({ maxSamples: 3 }, compiled), ...events).commands;
    const sure = compilePolicy(
      parsePolicy({ name: "s", confidence: { elicitor: "recorded" }, stop: { rule: "fixed" } }),
    );
    expect(decide(sure)).toMatchObject([{ decision: { answer: "A", unmeasured: 2 } }]);
    const [{ decision }] = decide(compilePolicy(presetNamed("sc"))) as unknown as [{ decision: object }];
    expect(decision).not.toHaveProperty("unmeasured");
  });

  it("decides null when nothing voted", () => {
    const step = feed(opened({ maxSamples: 2 }), recorded(0, abstains), recorded(1, abstains));
    expect(step.commands).toMatchObject([
      { decision: { answer: null, support: 0, reason: "no-votes", votes: [], abstentions: { "no-answer": 2 } } },
    ]);
  });

  it("gives the confidence of the sample that decided", () => {
    const es = compilePolicy(presetNamed("grace-es"));
    const step = feed(opened({ maxSamples: 8 }, es), recorded(0, { kind: "answer", answer: "A", confidence: 0.97 }));
    expect(step.commands).toMatchObject([
      { decision: { answer: "A", confidence: 0.97, sampleCount: 1, reason: "threshold" } },
    ]);
  });

  it("the default starts with one sample when it has a confidence to gate by", () => {
    const gated = compilePolicy(setParameter(presetNamed("quorate"), "confidence.elicitor=recorded"));
    expect(opened({ maxSamples: 40 }, gated).commands).toEqual([{ type: "launch", wave: 0, indexes: [0] }]);
    expect(opened({ maxSamples: 40 }, compilePolicy(presetNamed("quorate"))).commands).toMatchObject([
      { indexes: [0, 1, 2, 3] },
    ]);
  });

  describe("speculation", () => {
    it("launches more than needed, decides as before and cancels the rest", () => {
      const step = opened({ maxSamples: 40, speculate: 2 });
      expect(step.commands).toMatchObject([{ indexes: [0, 1, 2, 3, 4, 5] }]);
      const end = feed(step, ...unanimous(0, 4));
      expect(end.commands).toMatchObject([
        { type: "cancel" },
        { type: "decide", decision: { sampleCount: 4, speculatedSamples: 2, savedSamples: 34 } },
      ]);
    });

    it("tops a wave up while the extra samples are still out", () => {
      const split = [recorded(0, votes("A")), recorded(1, votes("B")), ...unanimous(2, 4)];
      const step = feed(opened({ maxSamples: 40, speculate: 2 }), ...split);
      expect(step.commands).toEqual([{ type: "launch", wave: 1, indexes: [6, 7, 8] }]);
    });

    it("counts what is at hand before it launches more", () => {
      const step = opened({ maxSamples: 40, speculate: 6 });
      const end = feed(
        step,
        ...[4, 5, 6, 7, 8, 3, 2, 1].map((index) => recorded(index, votes("A"))),
        recorded(0, votes("B")),
      );
      // One B and five A would need three more, but those are at hand: nothing further is launched.
      expect(end.commands).toMatchObject([
        { type: "cancel" },
        {
          type: "decide",
          decision: { answer: "A", sampleCount: 7, rounds: 1, speculatedSamples: 3, savedSamples: 30 },
        },
      ]);
    });
  });

  describe("an end of supply", () => {
    it("shortens the full vote and decides with what there is", () => {
      const step = feed(opened({ maxSamples: 40 }), recorded(0, votes("A")), recorded(1, votes("B")));
      const end = feed(step, { type: "supply-ended", available: 2 });
      expect(end.commands).toMatchObject([
        { decision: { answer: "A", sampleCount: 2, savedSamples: 0, reason: "max-samples" } },
      ]);
    });

    it("waits for what is still out", () => {
      const step = feed(opened({ maxSamples: 40 }), recorded(0, votes("A")), { type: "supply-ended", available: 3 });
      expect(step.commands).toEqual([]);
      expect(feed(step, ...unanimous(1, 3)).commands).toMatchObject([{ decision: { answer: "A", sampleCount: 3 } }]);
    });

    it("says nothing when there is enough, and decides null when there is nothing", () => {
      const step = opened({ maxSamples: 4 });
      expect(feed(step, { type: "supply-ended", available: 4 }).state).toBe(step.state);
      expect(feed(step, { type: "supply-ended", available: 0 }).commands).toMatchObject([
        { decision: { answer: null, reason: "no-votes" } },
      ]);
    });
  });

  describe("a limit", () => {
    it.each(["budget", "deadline", "cancelled"] as const)(
      "%s gives the best answer so far and leaves the question open",
      (limit) => {
        const step = feed(
          opened({ maxSamples: 40 }),
          recorded(0, votes("A")),
          recorded(2, votes("B")),
          recorded(3, votes("B")),
        );
        const end = feed(step, { type: "limit-reached", limit });
        expect(end.commands).toMatchObject([
          {
            type: "decide",
            decision: {
              answer: "B",
              reason: limit,
              certificate: "heuristic",
              interim: true,
              sampleCount: 4,
              abstentions: { cancelled: 1 },
            },
          },
        ]);
      },
    );

    it("with nothing recorded decides null and cancels what is out", () => {
      const end = feed(opened({ maxSamples: 40 }), { type: "limit-reached", limit: "deadline" });
      expect(end.commands).toMatchObject([
        { type: "cancel" },
        { decision: { answer: null, sampleCount: 0, interim: true } },
      ]);
    });
  });

  test.prop(
    [fc.array(fc.constantFrom("A", "B", "C", "-"), { minLength: 6, maxLength: 12 }), fc.nat({ max: 3 }), fc.nat()],
    {
      seed: 31,
      numRuns: 500,
    },
  )("is pure: the same state and event give the same step, later too", (letters, speculate, salt) => {
    let step = opened({ maxSamples: letters.length, speculate });
    const history: { before: Step; event: QuestionEvent; after: string }[] = [];
    const inFlight: number[] = [];
    while (!step.state.decided) {
      for (const command of step.commands) if (command.type === "launch") inFlight.push(...command.indexes);
      const [index] = inFlight.splice(salt % inFlight.length, 1);
      const letter = letters[index!]!;
      const event = recorded(index!, letter === "-" ? abstains : votes(letter));
      const after = advance(step.state, event);
      history.push({ before: step, event, after: JSON.stringify(after.commands) });
      step = after;
    }
    for (const { before, event, after } of history.reverse()) {
      expect(JSON.stringify(advance(before.state, event).commands)).toBe(after);
    }
  });
});
