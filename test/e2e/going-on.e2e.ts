import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onStage, summaryIn, until } from "./support/stage.ts";
import { jsonLines, questionLines } from "./support/workplace.ts";

const sc = ["--policy", "sc"];
type SampleLine = { readonly sample?: { readonly index: number } };

describe("going on with a run", () => {
  it("decides anew under a larger --max-samples with --extend, and buys only what is missing", () =>
    onStage({}, async (stage) => {
      await stage.run(...sc, "--max-samples", "3");
      expect(await stage.run(...sc, "--max-samples", "5")).toMatchObject({ code: 0 });
      expect(stage.server.journal().billedSamples, "without --extend nothing is asked").toBe(9);
      const extended = await stage.run(...sc, "--max-samples", "5", "--extend");
      expect(extended).toMatchObject({ code: 0 });
      expect(summaryIn(extended).meanSamples).toBe(5);
      expect(stage.server.journal().billedSamples).toBe(15);
      expect(stage.decisions().map(({ id, sampleCount }) => `${id} ${sampleCount}`)).toEqual(["q0 5", "q1 5", "q2 5"]);
    }));

  it("spends another run's samples first with --reuse, into a journal that stands alone", () =>
    onStage({}, async (stage) => {
      await stage.run(...sc, "--max-samples", "4");
      const other = join(stage.path, "other");
      const reused = await stage.run(
        "--policy",
        "lead",
        "--set",
        "stop.margin=6",
        "--max-samples",
        "6",
        "--out",
        other,
        "--reuse",
        stage.out,
      );
      expect(reused.code).toBe(0);
      const bought = stage.server.journal().billedSamples - 12;
      const lines = jsonLines<SampleLine>(join(other, "samples.jsonl")).filter(({ sample }) => sample !== undefined);
      expect(lines).toHaveLength(12 + bought);
      expect(stage.decisions(other).every(({ sampleCount }) => sampleCount >= 4)).toBe(true);
      const { billedSamples } = stage.server.journal();
      await stage.run(
        "--policy",
        "asc",
        "--max-samples",
        "4",
        "--out",
        join(stage.path, "third"),
        "--reuse",
        stage.out,
      );
      expect(stage.server.journal().billedSamples).toBe(billedSamples);
    }));

  it("asks again only where no answer came with --retry-failed", () =>
    onStage({ faults: [{ kind: "server-error", key: "[#1#]", shouldRetry: false, times: 3 }] }, async (stage) => {
      const options = [...sc, "--max-samples", "3"];
      expect((await stage.run(...options)).code).toBe(1);
      expect(stage.decisions()[1]).toMatchObject({ answer: null, error: expect.stringContaining("HTTP 500") });
      const { requests } = stage.server.journal();
      expect((await stage.run(...options)).code, "without --retry-failed it stays").toBe(1);
      expect(stage.server.journal().requests).toBe(requests);
      const retried = await stage.run(...options, "--retry-failed");
      expect(retried).toMatchObject({ code: 0 });
      expect(summaryIn(retried)).toMatchObject({ decided: 3, failed: 0 });
      expect(stage.server.journal().requests).toBe(requests + 3);
      expect(await stage.run(...options)).toMatchObject({ code: 0 });
    }));

  it("refuses another policy, model, prompt or question file, and names the difference", () =>
    onStage({}, async (stage) => {
      const options = ["--policy", "asc", "--max-samples", "3"];
      await stage.run(...options);
      const { requests } = stage.server.journal();
      const before = readFileSync(join(stage.out, "run.json"), "utf8");
      const refusals: [string[], RegExp][] = [
        [["--set", "stop.level=0.9"], /policy\.stop\.level 0\.95 → 0\.9\b/],
        [["--model", "openai:other"], /model "openai:fake-model" → "openai:other"/],
        [["--temperature", "0.3"], /temperature \(none\) → 0\.3/],
        [["--system", "Be brief."], /prompting\.system \(none\) → "Be brief\."/],
        [["--seed", "9"], /seed 1 → 9/],
        [["--kind", "text"], /questions\.jsonl was edited, or is read with another --kind/],
      ];
      for (const [more, words] of refusals) {
        expect(await stage.run(...options, ...more)).toMatchObject({
          code: 2,
          stderr: expect.stringMatching(words),
          stdout: "",
        });
      }
      stage.file("questions.jsonl", questionLines(4));
      expect(await stage.run(...options)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/questions .*\(3\) → .*\(4\).*--reuse/),
      });
      expect(stage.server.journal().requests).toBe(requests);
      expect(readFileSync(join(stage.out, "run.json"), "utf8")).toBe(before);
    }));

  it("refuses a second process and names the first; takes over from one that was killed", () =>
    onStage({ questions: 8, latency: { ms: 100 } }, async (stage) => {
      const running = stage.start("--concurrency", "2");
      await until(() => stage.server.journal().billedRequests >= 2, "the first samples");
      expect(await stage.run()).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`process ${running.process.pid}`),
      });
      running.process.kill("SIGKILL");
      await running.ended;
      const resumed = await stage.run();
      expect(resumed).toMatchObject({ code: 0, stderr: expect.stringMatching(/in flight when the run stopped/) });
      await stage.expectHonestMoney();
    }));

  it.each(["samples.jsonl", "ledger.jsonl", "decisions.jsonl"])("drops a torn last line of %s with a warning", (name) =>
    onStage({}, async (stage) => {
      await stage.run(...sc, "--max-samples", "2");
      const path = join(stage.out, name);
      const [whole, decisions] = [readFileSync(path, "utf8"), join(stage.out, "decisions.jsonl")];
      appendFileSync(path, whole.trimEnd().split("\n").at(-1)!.slice(0, -7));
      const shown = await stage.run(...sc, "--max-samples", "2");
      expect(shown).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(new RegExp(`warning: .*${name.replace(".", "\\.")}: a torn last line`)),
      });
      expect(readFileSync(path, "utf8")).toBe(whole);
      // A decision that was lost is made again from the samples at hand.
      writeFileSync(decisions, readFileSync(decisions, "utf8").split("\n").slice(0, 2).join("\n"));
      expect(await stage.run(...sc, "--max-samples", "2")).toMatchObject({ code: 0 });
      expect(stage.server.journal().billedSamples).toBe(6);
      expect(stage.decisions().map(({ id }) => id)).toEqual(["q0", "q1", "q2"]);
    }),
  );
});
