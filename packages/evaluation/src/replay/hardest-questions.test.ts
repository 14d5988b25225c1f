import { presetNamed } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { evaluatePolicies } from "./evaluate-policies.ts";

const evaluate = (entries: Parameters<typeof traceOf>[0], names = ["sc", "lead"]) =>
  evaluatePolicies({
    trace: traceOf(entries),
    policies: names.map(presetNamed),
    maxSamples: 12,
    permutations: 20,
    seed: 1,
  });

describe("the hardest questions", () => {
  it("are those where policies leave the full vote, then those that take most samples", async () => {
    const { hardest } = await evaluate([
      recordedQuestion("easy", "AAAAAAAAAAAA", { gold: "A" }),
      recordedQuestion("even", "ABABABABABAB", { gold: "B", group: "source" }),
      recordedQuestion("mixed", "AAAAAAAAAAAB", { gold: "A" }),
    ]);
    expect(hardest.map(({ id }) => id)).toEqual(["even", "mixed", "easy"]);
    expect(hardest[0]).toMatchObject({
      group: "source",
      gold: "B",
      samples: 12,
      abstentions: 0,
      votes: [
        { answer: "A", count: 6 },
        { answer: "B", count: 6 },
      ],
      otherVotes: 0,
      policies: [{ policy: "sc", agreement: 1, meanSamples: 12 }, { policy: "lead" }],
    });
    expect(hardest[0]!.policies[1]!.agreement).toBeLessThan(1);
    expect(hardest[2]!.policies[1]).toEqual({ policy: "lead", agreement: 1, accuracy: 1, meanSamples: 3 });
  });

  it("are twenty at most, the earlier one of equals, with long answers shortened", async () => {
    const long = "x".repeat(5000);
    const entries = Array.from({ length: 30 }, (_, i) => recordedQuestion(`q${i}`, "AAAA"));
    const { question, samples } = recordedQuestion("many", "ABCDEFGHIJKL-", { gold: long });
    const many = {
      question,
      samples: samples.map((one, i) =>
        i === 0 ? { ...one, extraction: { kind: "answer" as const, answer: long } } : one,
      ),
    };
    const { hardest } = await evaluate([...entries, many]);
    expect(hardest).toHaveLength(20);
    expect(hardest[0]!.id).toBe("many");
    expect(hardest[1]!.id).toBe("q0");
    expect(hardest.at(-1)!.id).toBe("q18");
    expect(hardest[0]).toMatchObject({ samples: 13, abstentions: 1, otherVotes: 2 });
    expect(hardest[0]!.votes).toHaveLength(10);
    for (const text of [hardest[0]!.gold!, hardest[0]!.votes[0]!.answer]) expect(text).toHaveLength(200);
  });
});
