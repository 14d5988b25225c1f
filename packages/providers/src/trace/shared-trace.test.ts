import { appendFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { temporaryFile } from "./__fixtures__/temporary-file.ts";
import { openTrace } from "./open-trace.ts";

const line = (id: string) => `${JSON.stringify({ id, samples: [{ answer: "1" }] })}\n`;

describe("a recording opened twice", () => {
  it("is read by both, and by the second still after the first has closed, also twice", async () => {
    const path = await temporaryFile("trace.jsonl");
    await writeFile(path, line("a") + line("b"));
    const [first, second] = await Promise.all([openTrace(path), openTrace(path)]);
    await first.close();
    await first.close();
    expect(await second.samplesAt(1)).toHaveLength(1);
    await second.close();
    await expect(second.samplesAt(0)).rejects.toThrow();
  });

  it("is read anew once it has changed", async () => {
    const path = await temporaryFile("trace.jsonl");
    await writeFile(path, line("a"));
    const before = await openTrace(path);
    await appendFile(path, line("b"));
    const after = await openTrace(path);
    expect([before.length, after.length]).toEqual([1, 2]);
    await before.close();
    await after.close();
  });

  it("is tried again after it could not be read", async () => {
    const path = await temporaryFile("trace.jsonl");
    await writeFile(path, "");
    await expect(openTrace(path)).rejects.toMatchObject({ code: "bad-input" });
    await writeFile(path, line("a"));
    const trace = await openTrace(path);
    expect(trace.length).toBe(1);
    await trace.close();
  });
});
