import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "llm-server-main-"));
const children: ChildProcessWithoutNullStreams[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

function start(...flags: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [
    "--conditions=@quorate/source",
    "--import",
    "tsx",
    fileURLToPath(new URL("./main.ts", import.meta.url)),
    ...flags,
  ]);
  children.push(child);
  return child;
}

async function ready(child: ChildProcessWithoutNullStreams): Promise<{ url: string; pid: number }> {
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return JSON.parse(line.toString());
}

it("serves from its flags and stops when asked", { timeout: 20_000 }, async () => {
  const behaviour = join(folder, "behaviour.json");
  writeFileSync(behaviour, JSON.stringify({ default: { scripted: ["from a file"] } }));
  const child = start(
    "--behaviour",
    behaviour,
    "--latency-ms",
    "2",
    "--model",
    "m",
    "--fault",
    "overloaded=0",
    "--seed",
    "3",
  );
  const { url, pid } = await ready(child);
  expect(pid).toBe(child.pid);
  const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "?" }] });
  const response = await fetch(`${url}/chat/completions`, { method: "POST", body });
  expect(await response.text()).toContain("ANSWER: from a file");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it("stops with its standard input, and names a wrong flag", { timeout: 20_000 }, async () => {
  const child = start("--exit-with-stdin");
  const wrong = start("--latency-ms", "soon");
  const exited = once(wrong, "exit");
  const [message] = (await once(wrong.stderr, "data")) as [Buffer];
  expect(message.toString()).toMatch(/latency\.ms/);
  expect(await exited).toEqual([2, null]);
  await ready(child);
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});
