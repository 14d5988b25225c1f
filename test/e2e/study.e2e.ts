import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { makeWorkplace } from "./support/workplace.ts";

const test = fileURLToPath(new URL("../../packages/embedded-model/traces/test.jsonl.gz", import.meta.url));

describe("quorate study", () => {
  it("tells what every confidence in a recording is worth, and draws it", async () => {
    const place = makeWorkplace();
    try {
      const ran = await quorate(["study", test, "--report", "study.html", "--resamples", "50"], {}, place.path);
      expect(ran).toMatchObject({ code: 0 });
      for (const word of ["confidence", "logprob", "sequence-likelihood", "consistency", "WQD", "Spearman"]) {
        expect(ran.stdout).toContain(word);
      }
      const page = readFileSync(join(place.path, "study.html"), "utf8");
      expect(page.match(/<svg role="img"/g)).toHaveLength(2);

      const args = ["study", test, "--signals", "confidence,logprob", "--resamples", "50", "--json"];
      const { stdout, code } = await quorate(args, {}, place.path);
      const study = JSON.parse(stdout);
      expect(code).toBe(0);
      expect(study).toMatchObject({ file: test, sampleCount: 32_000 });
      expect(study.signals.map(({ signal }: { signal: string }) => signal)).toEqual(["confidence", "logprob"]);
      for (const { n, ece, brier, auroc, wqd, intervals } of study.signals) {
        expect(n).toBeGreaterThan(30_000);
        for (const value of [ece, brier, auroc, wqd]) expect(value).toEqual(expect.any(Number));
        expect(intervals.auroc.low).toBeLessThan(auroc);
        expect(intervals.auroc.high).toBeGreaterThan(auroc);
      }
      expect((await quorate([...args], {}, place.path)).stdout).toBe(stdout);
    } finally {
      place.remove();
    }
  });

  it("refuses a signal that is not there, and a report over what it reads", async () => {
    const place = makeWorkplace();
    const trace = place.file("t.jsonl", '{"id":"a","gold":"A","samples":[{"answer":"A"}]}');
    try {
      const lacking = await quorate(["study", trace, "--signals", "logprob", "--report", "r.html"], {}, place.path);
      expect(lacking).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/It brings consistency/) });
      expect(existsSync(join(place.path, "r.html"))).toBe(false);
      const over = await quorate(["study", trace, "--report", trace], {}, place.path);
      expect(over).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/--report .* would overwrite what is read/),
      });
      expect(await quorate(["study", trace], {}, place.path)).toMatchObject({ code: 0, stderr: "" });
    } finally {
      place.remove();
    }
  });
});
