import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import type { Summary } from "./support/stage.ts";
import { jsonLines, makeWorkplace } from "./support/workplace.ts";

const folder = process.env.QUORATE_TRACES ?? fileURLToPath(new URL("../../../shared/traces", import.meta.url));

interface Recorded {
  readonly id: string;
  readonly gold: string;
  readonly samples: readonly { readonly answer: string | null }[];
}

/** The published figures: README.md beside the traces. */
const traces = [
  { name: "epoch_otis_aime", maj8: 0.4392 },
  { name: "epoch_gpqa", maj8: 0.7714 },
  { name: "deepconf_brumo25_r1qwen8b", maj8: 0.5119 },
  { name: "linwei_mmlupro_panel30", maj8: 0.6576 },
  { name: "vcot_date_gpt35", maj8: 0.7182 },
];

function counted(answers: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return counts;
}

/** Ties go to the answer seen first. */
function firstSeenMajority(answers: readonly (string | null)[]): string | undefined {
  let best: string | undefined;
  const counts = counted(answers);
  for (const [answer, count] of counts) if (best === undefined || count > counts.get(best)!) best = answer;
  return best;
}

/** The share of the most frequent answers that is right: as the README scores. */
function fractionalMajority(answers: readonly (string | null)[], gold: string): number {
  const counts = counted(answers);
  const most = Math.max(0, ...counts.values());
  const winners = [...counts].filter(([, count]) => count === most).map(([answer]) => answer);
  return winners.includes(gold) ? 1 / winners.length : 0;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("recorded samples of real models", () => {
  for (const { name, maj8 } of traces) {
    const file = join(folder, `${name}.jsonl`);
    it(name, async ({ skip }) => {
      if (!existsSync(file)) skip(`${file} is not here: set QUORATE_TRACES`);
      const recorded = jsonLines<Recorded>(file);
      const blocks = recorded.map(({ samples, gold }) => {
        const answers = samples.map(({ answer }) => answer);
        const count = Math.floor(answers.length / 8);
        return mean(Array.from({ length: count }, (_, i) => fractionalMajority(answers.slice(8 * i, 8 * i + 8), gold)));
      });
      expect(mean(blocks)).toBeCloseTo(maj8, 4);

      const place = makeWorkplace();
      try {
        const args = [
          "run",
          "--model",
          `replay:${file}`,
          "--policy",
          "sc",
          "--max-samples",
          "8",
          "--out",
          join(place.path, "run"),
          "--json",
        ];
        const { code, stdout, stderr } = await quorate(args, {}, place.path);
        expect(code, stderr).toBeOneOf([0, 1]);
        const summary = JSON.parse(stdout) as Summary;
        const right = recorded.map(({ samples, gold }) =>
          Number(firstSeenMajority(samples.slice(0, 8).map(({ answer }) => answer)) === gold),
        );
        expect(summary).toMatchObject({ questions: recorded.length, decided: recorded.length, costUsd: 0 });
        expect(summary.accuracy).toBeCloseTo(mean(right), 12);
      } finally {
        place.remove();
      }
    });
  }
});
