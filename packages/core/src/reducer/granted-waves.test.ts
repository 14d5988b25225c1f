import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { compilePolicy } from "../policy/compile.ts";
import { presetNamed, presets } from "../policy/presets.ts";
import { setParameter } from "../policy/set.ts";
import { advance, type Step } from "./advance.ts";
import type { Decision } from "./decision.ts";
import type { Ballot } from "./events.ts";
import { openQuestion } from "./state.ts";

const asc = compilePolicy(presetNamed("asc"));
const voteA: Ballot = { kind: "answer", answer: "A" };

const asking = (maxSamples = 40): Step =>
  advance(openQuestion(asc, { maxSamples, isAllocated: true }), { type: "question-opened" });
const granted = ({ state }: Step, samples: number): Step => advance(state, { type: "wave-granted", samples });
const recorded = ({ state }: Step, index: number): Step =>
  advance(state, { type: "sample-recorded", index, ballot: voteA });

describe("waves that wait for an allocator", () => {
  it("are asked for, and launched when granted", () => {
    const step = asking();
    expect(step.commands).toEqual([{ type: "ask", samples: 4 }]);
    expect(step.state).toMatchObject({ launched: 0, rounds: 0 });
    expect(granted(step, 4).commands).toEqual([{ type: "launch", wave: 0, indexes: [0, 1, 2, 3] }]);
    expect(granted(step, 9).commands).toEqual([{ type: "launch", wave: 0, indexes: [0, 1, 2, 3] }]);
  });

  it("granted in part ask for the rest, once the part has counted", () => {
    const half = granted(asking(), 2);
    expect(half.commands).toEqual([{ type: "launch", wave: 0, indexes: [0, 1] }]);
    const one = recorded(half, 1);
    expect(one.commands).toEqual([]);
    const both = recorded(one, 0);
    expect(both.commands).toEqual([{ type: "ask", samples: 2 }]);
    expect(granted(both, 2).commands).toEqual([{ type: "launch", wave: 1, indexes: [2, 3] }]);
  });

  it("never granted, leave the best answer so far, with nothing launched that was not", () => {
    const part = recorded(granted(asking(), 1), 0);
    const { commands, state } = advance(part.state, { type: "limit-reached", limit: "budget" });
    expect(commands).toEqual([
      {
        type: "decide",
        decision: {
          answer: "A",
          support: 1,
          reason: "budget",
          certificate: "heuristic",
          sampleCount: 1,
          savedSamples: 39,
          rounds: 1,
          votes: [{ answer: "A", count: 1, weight: 1 }],
          interim: true,
        },
      },
    ]);
    expect(granted({ state, commands }, 4).commands).toEqual([]);
  });

  it("are not asked for beyond what there is", () => {
    const part = recorded(granted(asking(), 1), 0);
    const { commands } = advance(part.state, { type: "supply-ended", available: 2 });
    expect(commands).toEqual([{ type: "ask", samples: 1 }]);
  });

  const policies = presets.map(({ name }) => {
    const policy = presetNamed(name);
    return compilePolicy(policy.confidence === null ? policy : setParameter(policy, "confidence.elicitor=recorded"));
  });
  const ballot: fc.Arbitrary<Ballot> = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Ballot>({ kind: "abstention", reason: "no-answer" }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("answer" as const),
        answer: fc.constantFrom("a", "a", "b"),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
  );

  test.prop(
    [
      fc.constantFrom(...policies),
      fc.array(ballot, { minLength: 1, maxLength: 24 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
    ],
    { seed: 31, numRuns: 1000 },
  )("decide as waves that do not wait, in whatever parts they are granted", (compiled, stream, parts) => {
    const decide = (isAllocated: boolean): Decision => {
      let step = advance(openQuestion(compiled, { maxSamples: stream.length, isAllocated }), {
        type: "question-opened",
      });
      const inFlight: number[] = [];
      for (let turn = 0; ; turn += 1) {
        for (const command of step.commands) {
          if (command.type === "decide") return command.decision;
          if (command.type === "launch") inFlight.push(...command.indexes);
        }
        const index = inFlight.shift();
        step =
          index === undefined
            ? advance(step.state, { type: "wave-granted", samples: parts[turn % parts.length]! })
            : advance(step.state, { type: "sample-recorded", index, ballot: stream[index]! });
      }
    };
    const { rounds, ...waited } = decide(true);
    const { rounds: fewest, ...free } = decide(false);
    expect(waited).toEqual(free);
    expect(rounds).toBeGreaterThanOrEqual(fewest);
  });
});
