import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { quorate } from "./support/command-line.ts";
import { onStage } from "./support/stage.ts";

const read = (path: string): string => readFileSync(path, "utf8");

describe("quorate report", () => {
  it("writes a run's report again, there or elsewhere, and overwrites nothing of the run", () =>
    onStage({ questions: 6 }, async (stage) => {
      await stage.run("--policy", "asc", "--max-samples", "6");
      const own = join(stage.out, "report.html");
      const first = read(own);
      rmSync(own);
      expect(await quorate(["report", stage.out])).toMatchObject({ code: 0, stdout: `report in ${own}\n`, stderr: "" });
      expect(read(own)).toBe(first);

      const other = join(stage.path, "other.html");
      expect(await quorate(["report", stage.out, "--out", other])).toMatchObject({ code: 0 });
      expect(read(other)).toBe(first);

      const samples = join(stage.out, "samples.jsonl");
      const before = read(samples);
      expect(await quorate(["report", stage.out, "--out", samples])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("would overwrite what is read"),
      });
      expect(read(samples)).toBe(before);
    }));

  it("makes one page of what eval kept, and eval makes the same page at once", () =>
    onStage({ questions: 8 }, async (stage) => {
      await stage.run("--policy", "sc", "--max-samples", "6");
      const journal = join(stage.out, "samples.jsonl");
      const args = [
        "eval",
        journal,
        "--policies",
        "sc,asc,lead",
        "--max-samples",
        "6",
        "--permutations",
        "4",
        "--matched",
      ];
      const at = (name: string): string => join(stage.path, name);
      await quorate([...args, "--out", at("kept.json"), "--report", at("at-once.html")]);
      expect(await quorate(["report", at("kept.json")])).toMatchObject({
        code: 0,
        stdout: `report in ${at("kept.html")}\n`,
      });
      const page = read(at("kept.html"));
      expect(page).toMatch(
        /<h1>samples\.jsonl<\/h1>[\s\S]*Of 3 policies on 8 questions[\s\S]*<svg[\s\S]*How this was made/,
      );
      expect(page).toContain("default-src 'none'");
      expect(read(at("at-once.html"))).toBe(page);
      expect(readdirSync(stage.path).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    }));

  it("says what it can read where it is given something else", () =>
    onStage({}, async (stage) => {
      expect(await quorate(["report", join(stage.path, "nothing")])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/There is no .*nothing.*run directory, or a file that quorate eval --out wrote/),
      });
      expect(await quorate(["report", stage.path])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("no run"),
      });
      const file = stage.file("samples.jsonl", '{"id":"a"}\n{"id":"b"}\n');
      expect(await quorate(["report", file])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/not valid JSON.*quorate eval --out/),
      });
    }));
});
