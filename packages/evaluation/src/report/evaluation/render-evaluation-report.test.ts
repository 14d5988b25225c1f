import { createHash } from "node:crypto";
import { presetNamed } from "@quorate/core";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { evaluationOf, fullVoteScore, gainOf, scoreOf } from "../../__fixtures__/evaluation-of.ts";
import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { renderEvaluationReport } from "./render-evaluation-report.ts";

async function report(...evaluations: readonly EvaluationJson[]): Promise<string> {
  let text = "";
  for await (const piece of renderEvaluationReport(evaluations)) text += piece;
  return text;
}

const hostile = "<script>alert(1)</script>\"' onload=x </style> &lt; \u202eevil\u001b[31m\u0000\u2028";

/** Everything that a file may hold, all text hostile where `name` is. */
function everything(name: string): EvaluationJson {
  const interval = { low: 0.65, high: 0.75 };
  const known = {
    accuracyInterval: interval,
    outputTokens: { mean: 848, questions: 100 },
    inputTokens: { shared: 120, apart: 480, questions: 90 },
    outputUsd: { mean: 0.0005, questions: 100 },
    totalUsd: { shared: 0.00052, apart: 0.0006, questions: 90 },
    seconds: { mean: 12, median: 10, p95: 26, questions: 100 },
    stopReasons: { [name]: 900, curtailed: 100 },
  };
  const point = (value: number, meanSamples: number, agreement: number) => ({
    value,
    meanSamples,
    meanRounds: 2,
    agreement,
    agreementInterval: { low: agreement - 0.01, high: Math.min(1, agreement + 0.01) },
    accuracy: 0.7,
    accuracyInterval: interval,
    wrongModeStops: 0.01,
  });
  const definition = { ...presetNamed("asc"), name };
  return evaluationOf(
    [
      fullVoteScore({ accuracy: 0.7, ...known }),
      scoreOf(name, { ...known, ...gainOf(0.01, -0.002, 0.02), definition }),
    ],
    {
      file: name,
      digest: name,
      seed: name,
      graded: 100,
      samplesPerRequest: 8,
      priced: {
        model: name,
        price: { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6, source: name, date: name },
      },
      latency: { kind: "lognormal", medianSeconds: 4, sigma: 0.5 },
      fullVote: { meanSamples: 16, accuracy: 0.7, accuracyInterval: interval },
      curves: [
        {
          policy: name,
          parameter: name,
          strictness: "ascending",
          own: 0.95,
          points: [point(0.6, 4, 0.95), point(0.95, 8, 0.995), point(0.999, 12, 1)],
          samplesAtAgreement: [
            { agreement: 0.98, reach: { kind: "loosest-suffices", samples: 4 } },
            { agreement: 0.99, reach: { kind: "interpolated", samples: 7.25, interval: { low: 7, high: 8 } } },
            { agreement: 0.995, reach: { kind: "not-reached", best: 0.9912 } },
          ],
          samplesAtFullVoteAccuracy: { kind: "interpolated", samples: 9.5 },
        },
      ],
      hardest: [
        {
          id: name,
          group: name,
          gold: name,
          samples: 16,
          abstentions: 2,
          votes: [
            { answer: name, count: 6 },
            { answer: "other", count: 5 },
          ],
          otherVotes: 3,
          policies: [
            { policy: "sc", agreement: 1, meanSamples: 16 },
            { policy: name, agreement: 0.4, meanSamples: 9.5 },
          ],
        },
      ],
      skipped: [{ policy: name, why: name }],
      notes: [name],
    },
  );
}

const withoutScript = (text: string): string => text.replace(/<(script|style)>[\s\S]*?<\/\1>/g, "");

describe("renderEvaluationReport", () => {
  it("lets nothing from files through as markup", async () => {
    const text = await report(everything(hostile), everything(hostile));
    expect(text.match(/<script>/g)).toHaveLength(1);
    // One of the page, and one that the library puts into each drawing.
    expect(text.match(/<\/style>/g)).toHaveLength(1 + text.match(/<svg /g)!.length);
    expect(text).not.toContain("alert(1)</script>");
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
    const { document } = parseHTML(text);
    const attributes = [...document.querySelectorAll("*")].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((name) => /^on|^(src|srcdoc|formaction|xlink:href)$/.test(name))).toEqual([]);
    expect([...document.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
      "#recording-1",
      "#recording-2",
    ]);
  });

  it("loads nothing and runs one script, which its policy names", async () => {
    const text = await report(everything("asc"));
    expect(withoutScript(text)).not.toMatch(/(?:src|href|url|@import)\s*[=(]/i);
    const script = /<script>([\s\S]*?)<\/script>/.exec(text)![1]!;
    const hash = createHash("sha256").update(script).digest("base64");
    expect(text).toContain(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it("has balanced markup", async () => {
    const text = withoutScript(await report(everything("asc"), evaluationOf([]), evaluationOf([fullVoteScore()])));
    const open: string[] = [];
    for (const [, close, name, , selfClosed] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*?)(\/?)>/gi)) {
      if (name === "meta" || selfClosed === "/") continue;
      if (close === "") open.push(name!);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("has every figure of a policy, the sweep, the votes of a hard question and how it was made", async () => {
    const text = withoutScript(await report(everything("asc")));
    for (const shown of [
      "Of 2 policies on 100 questions, asc keeps the full vote’s answer",
      'data-head="Accuracy">71.0 %<small>65.0–75.0</small>',
      'data-head="Samples">8.00<small>7 · 16</small>',
      'data-head="Tokens">848<small>120 of prompts</small>',
      'data-head="Dollars">$0.00052<small>$0.00060, n = 1</small><small>of 90 questions</small>',
      'data-head="Seconds">12.0<small>10.0 · 26.0</small>',
      'data-head="98 %">≤ 4.00<',
      'data-head="99 %">7.25<small>7.00–8.00</small>',
      'data-head="99.5 %"><span class="hint">(99.12 %)</span>',
      "Nothing to sweep: <bdi>sc</bdi>",
      "+1.00",
      "−0.20 to +2.00",
      "curtailed 10.0\u00a0%",
      "The samples left could not change the answer.",
      "✓ gold",
      "3 votes for other answers, 2 abstentions",
      "<bdi>asc</bdi> 40 %",
      "Always the same number: <bdi>sc 16</bdi>",
      "one carries at most 8 samples",
      "$0.1500 in, $0.6000 out for a million tokens",
      "a sample takes 4 s in the median",
      "Skipped <b><bdi>asc</bdi></b>: asc",
    ]) {
      expect(text).toContain(shown);
    }
    expect(text.match(/<figcaption>/g)).toHaveLength(5);
  });

  it("leaves out what is not known", async () => {
    const text = withoutScript(await report(evaluationOf([fullVoteScore(), scoreOf("asc")])));
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
    for (const absent of [
      "Dollars",
      "Seconds",
      "Tokens",
      'data-head="Accuracy"',
      "Accuracy and",
      "Notes",
      "hardest",
      "swept",
    ])
      expect(text).not.toContain(absent);
    expect(text).toContain("Agreement and samples.");
    const nothing = scoreOf("none", { meanSamples: 0, meanRounds: 0, samplesHistogram: [{ samples: 0, replays: 9 }] });
    const some = scoreOf("some", { samplesHistogram: [0, 40].map((samples) => ({ samples, replays: 5 })) });
    for (const policies of [[], [nothing], [nothing, some]]) {
      expect(withoutScript(await report(evaluationOf(policies)))).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it("puts several recordings on one page, each under its own name", async () => {
    const text = await report(everything("a/first.jsonl"), evaluationOf([fullVoteScore()], { file: "b/second.jsonl" }));
    expect(text).toContain("<h1>2 recordings</h1>");
    expect(text).toContain('<a href="#recording-2"><bdi>second.jsonl</bdi></a>');
    expect(text).toContain('<article id="recording-2"><h2 class="recording"><bdi>second.jsonl</bdi></h2>');
    expect(text).toContain("<h3>Policies</h3>");
    expect(await report(everything("a/first.jsonl"))).toContain("<h2>Policies</h2>");
  });

  it("draws of many policies those strongly that matter, the others grey", async () => {
    const others = Array.from({ length: 10 }, (_, place) =>
      scoreOf(`other-${place}`, { meanSamples: 10 + place / 10, agreement: 0.9 + place / 1000 }),
    );
    const text = await report(evaluationOf([fullVoteScore(), scoreOf("best"), ...others]));
    expect(text).toContain('fill="var(--series-2)"');
    expect(text).not.toContain("var(--series-3)");
    expect(text).toContain("other-3: 10.3");
  });

  it("is the same for the same evaluation", async () => {
    expect(await report(everything("asc"))).toBe(await report(everything("asc")));
  });
});
