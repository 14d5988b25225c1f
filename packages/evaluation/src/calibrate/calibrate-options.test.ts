import type { AnswerDistribution } from "@quorate/core";
import { seededRandom, type TraceEntry } from "@quorate/providers";
import { describe, expect, it } from "vitest";
import { recordedQuestion, traceOf } from "../__fixtures__/trace-of.ts";
import { calibrateOptions } from "./calibrate-options.ts";

const options = ["A", "B", "C"];
const distributionOf = (logits: readonly number[], names = options): AnswerDistribution => {
  const weights = logits.map(Math.exp);
  const sum = weights.reduce((a, b) => a + b);
  return names.map((answer, i) => ({ answer, probability: weights[i]! / sum }));
};

/** A pre-trained stage that is right as often as it says, and a post-trained one that is four times as sure. */
function twoStages(count: number): { readonly own: TraceEntry[]; readonly reference: TraceEntry[] } {
  const random = seededRandom("two stages", 1);
  const own: TraceEntry[] = [];
  const reference: TraceEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    const logits = options.map(() => 2 * random());
    const fair = distributionOf(logits);
    const draw = random();
    const upTo = (place: number) => fair.slice(0, place + 1).reduce((sum, { probability }) => sum + probability, 0);
    const gold = fair.find((_, place) => draw < upTo(place))?.answer ?? "C";
    const question = recordedQuestion(`q${i}`, "A", { gold });
    const withDistribution = (distribution: AnswerDistribution): TraceEntry => ({
      ...question,
      samples: [{ ...question.samples[0]!, distribution }],
    });
    reference.push(withDistribution(fair));
    own.push(withDistribution(distributionOf(logits.map((logit) => 4 * logit).reverse(), [...options].reverse())));
  }
  return { own, reference };
}

const open = (entries: readonly TraceEntry[]) => ({ trace: traceOf(entries), digest: "d" });
const date = "2025-01-31";

describe("DACA on recordings", () => {
  it("finds the temperature without labels, whatever the order of the options", async () => {
    const { own, reference } = twoStages(400);
    const found = await calibrateOptions({ traces: [open(own)], reference: open(reference), date });
    expect(found.document.map).toMatchObject({ form: "temperature", temperature: expect.closeTo(4, 3) });
    expect(found.figures!.after.ece).toBeLessThan(found.figures!.before.ece! / 3);
    expect(found.document.fittedOn).toMatchObject({ questions: 400, agreements: 400 });
    const unlabelled = (entries: readonly TraceEntry[]) =>
      entries.map(({ question: { gold: _, ...question }, samples }) => ({ question, samples }));
    const blind = await calibrateOptions({ traces: [open(unlabelled(own))], reference: open(reference), date });
    expect(blind.document.map).toEqual(found.document.map);
    expect(blind).not.toHaveProperty("figures");
  });

  it("leaves out what has no counterpart, and refuses where nothing is left", async () => {
    const { own, reference } = twoStages(60);
    const bare = recordedQuestion("bare", "AB", { gold: "A" });
    const some = await calibrateOptions({
      traces: [open([...own, bare, recordedQuestion("alone", "A")])],
      reference: open([...reference.slice(0, 40), bare]),
      date,
    });
    expect(some.notes.join()).toContain("22 questions without a distribution over the same options left out");
    await expect(calibrateOptions({ traces: [open([bare])], reference: open([bare]), date })).rejects.toThrowError(
      /too little data/,
    );
  });
});
