import { describe, expect, it } from "vitest";
import { compilePolicy } from "../policy/compile.ts";
import { parsePolicy } from "../policy/schema.ts";
import { advance } from "../reducer/advance.ts";
import type { Ballot } from "../reducer/events.ts";
import { openQuestion } from "../reducer/state.ts";
import { ruleDefinitions } from "./registry.ts";

/** Easy, then hard: the votes of two answers, each with a confidence between 0.3 and 0.99. */
const streams: readonly Ballot[][] = [0.95, 0.8, 0.65, 0.5].map((share, stream) =>
  Array.from({ length: 24 }, (_, place): Ballot => {
    const spread = ((place * 7 + stream * 5) % 24) / 24;
    const confidence = 0.3 + 0.69 * (((place * 11 + stream * 9) % 24) / 23);
    return { kind: "answer", answer: spread < share ? "A" : "B", confidence };
  }),
);

function samplesDrawn(rule: string, parameter: string, value: number): number {
  const confidence = { elicitor: "recorded" };
  const compiled = compilePolicy(parsePolicy({ name: "swept", confidence, stop: { rule, [parameter]: value } }));
  return streams.reduce((sum, stream) => {
    let { state, commands } = advance(openQuestion(compiled, { maxSamples: 24 }), { type: "question-opened" });
    for (let index = 0; !state.decided; index += 1) {
      ({ state, commands } = advance(state, { type: "sample-recorded", index, ballot: stream[index]! }));
    }
    const decided = commands.find(({ type }) => type === "decide");
    return sum + (decided?.type === "decide" ? decided.decision.sampleCount : 0);
  }, 0);
}

const swept = ruleDefinitions.flatMap(({ name, parameters, sweep }) =>
  sweep === undefined ? [] : [{ name, sweep, schema: parameters(undefined as never) }],
);

describe("sweeps", () => {
  it.each(swept)("$name: the grid ascends, is valid and holds the default", ({ sweep, schema }) => {
    const { parameter, values } = sweep;
    expect(values.length).toBeGreaterThanOrEqual(5);
    expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
    for (const value of values) expect(schema.parse({ [parameter]: value })).toMatchObject({ [parameter]: value });
    expect(values).toContain(schema.parse({})[parameter]);
  });

  it.each(swept)("$name: the strict end draws more samples than the loose one", ({ name, sweep }) => {
    const { parameter, values, strictness } = sweep;
    const ordered = strictness === "ascending" ? values : [...values].reverse();
    const drawn = ordered.map((value) => samplesDrawn(name, parameter, value));
    expect(drawn.at(-1)).toBeGreaterThan(drawn[0]!);
    // Windows of another size fall elsewhere, so one size more may by chance draw less.
    if (name !== "window") expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });
});
