import { readdirSync } from "node:fs";
import { join } from "node:path";
import { presets } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { onStage, type Stage } from "./support/stage.ts";

function ask(stage: Stage, question: string, ...more: string[]) {
  return quorate(
    ["ask", question, "--model", "openai:fake-model", "--base-url", stage.server.url, ...more],
    {},
    stage.path,
  );
}

describe("the commands", () => {
  it("ask shows the votes while they come and keeps what was paid for", () =>
    onStage({ behaviour: { default: { answers: [{ answer: "42", probability: 1 }] } } }, async (stage) => {
      const { code, stdout, stderr } = await ask(stage, "What is 6 × 7?");
      expect(code).toBe(0);
      expect(stderr).toMatch(/wave 1: \d+ samples/);
      expect(stdout).toMatch(/answer 42[\s\S]*stopped by[\s\S]*kept in runs\/ask-/);
      const [kept] = readdirSync(join(stage.path, "runs"));
      expect((await quorate(["show", join(stage.path, "runs", kept!), "asked"])).stdout).toContain("What is 6 × 7?");
    }));

  it("ask gives the same decision again from its directory, without asking", () =>
    onStage({}, async (stage) => {
      const first = await ask(stage, "yes or no?", "--options", "yes|no", "--out", "asked", "--json");
      const { requests } = stage.server.journal();
      const again = await ask(stage, "yes or no?", "--options", "yes|no", "--out", "asked", "--json");
      expect({ code: again.code, stdout: again.stdout }).toEqual({ code: first.code, stdout: first.stdout });
      expect(JSON.parse(again.stdout)).toMatchObject({ out: "asked", id: "asked", votes: expect.any(Array) });
      expect(stage.server.journal().requests).toBe(requests);
    }));

  it("show tells all about one question, compare pairs two runs, eval replays policies on a journal", () =>
    onStage({ questions: 8 }, async (stage) => {
      const other = join(stage.path, "other");
      await stage.run("--policy", "sc", "--max-samples", "6");
      await stage.run("--policy", "asc", "--max-samples", "6", "--out", other);

      const one = await quorate(["show", stage.out, "q3"]);
      for (const words of ["q3", "How many are 3", "gold: 4", "wave", "vote", "stopped by", "cost $"])
        expect(one.stdout).toContain(words);
      const json = JSON.parse((await quorate(["show", stage.out, "q3", "--json"])).stdout);
      expect(json).toMatchObject({ question: { id: "q3" }, samples: { length: 6 }, decision: { id: "q3" } });
      expect(await quorate(["show", stage.out, "q99"])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/no samples of a question "q99".*Ids look like "q0"/),
      });

      expect((await quorate(["compare", stage.out, other])).stdout).toMatch(
        /8 questions in both[\s\S]*accuracy[\s\S]*samples/,
      );
      const compared = JSON.parse((await quorate(["compare", stage.out, other, "--json"])).stdout);
      expect(compared).toMatchObject({ inBoth: 8, onlyInA: 0, onlyInB: 0, agreement: expect.any(Number) });

      const journal = join(stage.out, "samples.jsonl");
      const evaluated = await quorate([
        "eval",
        journal,
        "--policies",
        "sc,asc",
        "--max-samples",
        "6",
        "--permutations",
        "4",
        "--json",
      ]);
      expect(evaluated.stdout.trimEnd().split("\n")).toHaveLength(1);
      const evaluation = JSON.parse(evaluated.stdout);
      expect(Object.keys(evaluation)).toEqual(
        expect.arrayContaining(["file", "questions", "permutations", "policies"]),
      );
      expect(evaluation).toMatchObject({
        file: journal,
        questions: 8,
        permutations: 4,
        policies: [{ policy: "sc", agreement: 1, meanSamples: 6, meanRounds: 1 }, { policy: "asc" }],
      });
      for (const policy of evaluation.policies) expect(policy).toHaveProperty("accuracy");
    }));

  it("policies lists every preset, and prints one that --policy takes back", () =>
    onStage({}, async (stage) => {
      const { stdout } = await quorate(["policies"]);
      for (const { name } of presets) expect(stdout).toContain(name);
      const file = stage.file("mine.json", (await quorate(["policies", "esc"])).stdout);
      expect(await stage.run("--policy", file)).toMatchObject({ code: 0 });
      expect(stage.decisions()[0]?.reason).toBeOneOf(["window", "max-samples"]);
    }));
});

describe("questions of every kind", () => {
  const kinds = [
    {
      line: { kind: "choice", question: "Which?", options: ["red", "blue"], gold: "B" },
      says: "Thinking. ANSWER: (B)",
      answer: "B",
    },
    { line: { kind: "math", question: "A third?", gold: "1/3" }, says: "So \\boxed{\\frac{2}{6}}.", answer: "1/3" },
    {
      line: { kind: "text", question: "Who?", gold: "Ada Lovelace" },
      says: "ANSWER: **ada lovelace**.",
      answer: "ada lovelace",
    },
    {
      line: { kind: "json", question: "Sum?", gold: "7" },
      says: 'Here: {"result": {"value": 7}}',
      answer: "7",
      more: ["--field", "result.value"],
    },
    {
      line: { kind: "pattern", question: "Code?", gold: "x9" },
      says: "code=<x9> done",
      answer: "x9",
      more: ["--pattern", "code=<(\\w+)>"],
    },
    {
      line: { kind: "custom", question: "Up?", gold: "AB" },
      says: "take: ab",
      answer: "ab",
      more: ["--grader", "grader.mjs"],
    },
    {
      line: {
        messages: [
          { role: "system", content: "Only digits." },
          { role: "user", content: "6 × 7" },
        ],
        gold: 42,
      },
      says: "42",
      answer: "42",
    },
  ];

  it.each(kinds)("are read from real responses: $says", ({ line, says, answer, more = [] }) =>
    onStage(
      {
        questions: `${JSON.stringify({ id: "only", ...line })}\n`,
        keepRequests: true,
        behaviour: { default: { scripted: [{ answer, text: says }] } },
      },
      async (stage) => {
        stage.file(
          "grader.mjs",
          "export const extract = (text) => text.split('take: ')[1] ?? null;\nexport const equal = (a, b) => a.toLowerCase() === b.toLowerCase();\n",
        );
        expect(await stage.run("--max-samples", "3", ...more)).toMatchObject({ code: 0, stderr: "" });
        expect(stage.decisions()).toMatchObject([{ id: "only", answer, correct: true }]);
        const body = stage.server.entries()[0]?.request?.body as {
          readonly messages: readonly { readonly content: string }[];
        };
        if ("messages" in line) expect(body.messages).toEqual(line.messages);
        else expect(body.messages.at(-1)?.content).toContain(line.question);
      },
    ),
  );

  it("come from a CSV file with other names", () =>
    onStage({ behaviour: { default: { answers: [{ answer: "B", probability: 1 }] } } }, async (stage) => {
      const file = stage.file(
        "sheet.csv",
        '\ufeffkey,prompt,choices,label\nk1,"Which, then?",red|blue,B\nk2,"Two ""lines""\nhere?",one|two,A\n',
      );
      const ended = await quorate(
        [
          "run",
          file,
          "--model",
          "openai:fake-model",
          "--base-url",
          stage.server.url,
          "--map",
          "id=key,question=prompt,options=choices,gold=label",
          "--out",
          stage.out,
        ],
        {},
        stage.path,
      );
      expect(ended).toMatchObject({ code: 0 });
      expect(stage.decisions()).toMatchObject([
        { id: "k1", answer: "B", correct: true },
        { id: "k2", correct: false },
      ]);
    }));
});
