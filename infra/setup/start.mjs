import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build, install, root, run, step } from "./steps.mjs";

/**
 * `npm start`: installs, builds and runs the main job to the end, with no key and no network. Until a model lives in the
 * repository, a fake LLM server on this machine answers; everything else is real.
 */
await step("install", install);
await step("build", build);

const demo = join(root, "infra/demo");
const out = join("runs", "demo");
rmSync(join(root, out), { recursive: true, force: true });

console.log("\n▸ run");
console.log("  The model is a fake LLM server started here: its answers are drawn from infra/demo/behaviour.json,");
console.log("  right more often than not. Requests, votes, stopping, prices and the journal are real.\n");

const server = spawn(
  process.execPath,
  [
    join(root, "test/llm-server/dist/main.js"),
    "--behaviour",
    join(demo, "behaviour.json"),
    "--latency-ms",
    "40",
    "--exit-with-stdin",
  ],
  { stdio: ["pipe", "pipe", "inherit"] },
);
const [line] = await once(createInterface({ input: server.stdout }), "line");
const { url } = JSON.parse(line);

const code = await run(process.execPath, [
  join(root, "apps/cli/bin/quorate.js"),
  "run",
  join("infra", "demo", "questions.jsonl"),
  ...["--model", "openai:demo", "--base-url", url, "--prices", join("infra", "demo", "prices.json")],
  ...["--samples-per-request", "16", "--max-tokens", "400", "--budget", "0.50", "--out", out],
]);
server.stdin.end();
await once(server, "exit");
if (code !== 0) process.exit(code);

console.log(`
Look closer:   npm run -s quorate -- show ${out} clock
On real votes: npm run -s quorate -- eval TRACES.jsonl --policies sc,asc,esc,quorate
Your own:      npm run -s quorate -- run QUESTIONS.jsonl --model openai:gpt-4o-mini --max-tokens 1000 --budget 1`);
