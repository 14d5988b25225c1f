import { createHash } from "node:crypto";
import type { DecisionRecord } from "@quorate/core";
import { presetNamed } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { decisionOf } from "../__fixtures__/decision-of.ts";
import { summarise } from "../summary/summarise.ts";
import { renderReport } from "./render-report.ts";
import type { ReportInput } from "./report-input.ts";

const run: ReportInput["run"] = {
  policy: presetNamed("asc"),
  model: "openai:gpt-4o-mini",
  questionsPath: "questions.jsonl",
  limits: { maxSamples: 16, concurrency: 8 },
  createdAt: "2026-11-22T03:10:11.000Z",
  quorate: "0.1.0",
};

async function report(decisions: readonly DecisionRecord[], more: Partial<ReportInput> = {}): Promise<string> {
  const summary = await summarise(decisions);
  let text = "";
  for await (const piece of renderReport({ title: "A run", run, summary, decisions, ...more })) text += piece;
  return text;
}

const hostile = "<script>alert(1)</script>\"' onload=x &lt; \u202eevil\u001b[31m\u0000\u2028";

describe("renderReport", () => {
  it("says what questions shared", async () => {
    const limits = { ...run.limits, totalSamples: 6000, allocate: "value" };
    expect(await report([decisionOf("1")], { run: { ...run, limits } })).toContain(
      "6,000 samples in all, allocated by value",
    );
  });

  it("lets nothing from models or files through as markup", async () => {
    const decisions = [
      decisionOf(hostile, { answer: hostile, gold: hostile, correct: false, reason: hostile, group: hostile }),
      decisionOf("2", { answer: null, error: hostile, reason: "no-votes", abstentions: { failed: 4 } }),
    ];
    const text = await report(decisions, {
      title: hostile,
      run: {
        ...run,
        policy: { ...run.policy, name: hostile },
        model: hostile,
        questionsPath: hostile,
        createdAt: hostile,
        quorate: hostile,
      },
    });
    expect(text.match(/<script>/g)).toHaveLength(1);
    expect(text).not.toContain("alert(1)</script>");
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
    expect(text).toContain(
      "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x &amp;lt; ⟨U+202E⟩evil⟨U+001B⟩[31m",
    );
  });

  it("loads nothing and runs one script, which its policy names", async () => {
    const text = await report([decisionOf("1")]);
    expect(text).not.toMatch(/(?:src|href|url|@import)\s*[=(]/i);
    expect(text).not.toContain("http://");
    const script = /<script>([\s\S]*?)<\/script>/.exec(text)![1]!;
    const hash = createHash("sha256").update(script).digest("base64");
    expect(text).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:`);
    expect(text).not.toMatch(/ on[a-z]+=/);
  });

  it("has balanced markup", async () => {
    const text = await report([
      decisionOf("1", { correct: true, gold: "A", confidence: 0.9, costUsd: 0.1 }),
      decisionOf("2", { answer: null, error: "HTTP 503", support: 0 }),
    ]);
    const open: string[] = [];
    for (const [, close, name, , selfClosed] of text
      .replace(/<(script|style)>[\s\S]*?<\/\1>/g, "")
      .matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*?)(\/?)>/g)) {
      if (["meta", "input"].includes(name!) || selfClosed === "/") continue;
      if (close === "") open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("tells the run in a sentence, with what is known and nothing else", async () => {
    const decisions = Array.from({ length: 40 }, (_, i) => decisionOf(`q${i}`, { correct: i % 4 > 0, gold: "A" }));
    const text = await report(decisions);
    expect(text).toMatch(
      /40 questions decided with 4 samples each instead of 16; 75\.0\u00a0% of the full vote&#39;s samples saved\. Accuracy 75\.0\u00a0% \(\d\d\.\d–\d\d\.\d\)\./,
    );
    const bare = await report([decisionOf("1")]);
    expect(bare).not.toContain("Accuracy");
    expect(bare).toContain("unknown price");
    expect(bare.replace(/<script>[\s\S]*<\/script>/, "")).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(await report([])).toContain("No question is decided yet.");
  });

  it("shows money as the ledger has it", async () => {
    const priced = [decisionOf("1", { costUsd: 0.2 }), decisionOf("2")];
    const text = await report(priced, { spent: { recordedUsd: 0.2, presumedUsd: 0.05, budgetUsd: 1 } });
    expect(text).toContain("<b>$0.2000</b>");
    expect(text).toContain("and up to $0.0500 presumed spent");
    expect(text).toContain("of a budget of $1.00");
    expect(text).toContain("without 1 question of unknown price");
    const replayed = await report([decisionOf("1")], { run: { ...run, model: "replay:x.jsonl" } });
    expect(replayed).toContain("recorded samples, replayed");
  });

  it("puts questions without an answer first and says how many are left out", async () => {
    const decisions = [
      ...Array.from({ length: 5 }, (_, i) => decisionOf(`fine${i}`)),
      decisionOf("open", { interim: true, reason: "budget" }),
      decisionOf("failed", { answer: null, error: "HTTP 503 <b>" }),
    ];
    const text = await report(decisions, { maxRows: 3 });
    const ids = [...text.matchAll(/<th scope="row"><bdi>([^<]*)/g)].map(([, id]) => id);
    expect(ids).toEqual(["failed", "open", "fine0"]);
    expect(text).toContain("4 left out here");
    expect(text).toContain("HTTP 503 &lt;b&gt;");
  });

  it("says what each certificate promises, and draws the histogram with its axes", async () => {
    const text = await report([
      decisionOf("1", { certificate: "curtailed", reason: "curtailed" }),
      decisionOf("2", { sampleCount: 1000 }),
    ]);
    expect(text).toContain("The full vote gives the same answer");
    expect(text).toContain("is not a probability of being right");
    expect(text).toContain("samples drawn for a question");
    expect(text.match(/<rect /g)!.length).toBeLessThanOrEqual(32);
  });

  it("is the same for the same run", async () => {
    const decisions = [decisionOf("1", { correct: true }), decisionOf("2", { correct: false })];
    expect(await report(decisions)).toBe(await report(decisions));
  });
});
