import { rmSync } from "node:fs";
import { join } from "node:path";
import { build, install, root, run, step } from "./steps.mjs";

/**
 * `npm start`: installs, builds and runs the main job to the end, with no key and no network: a small language model that
 * lives in the repository answers 60 word problems, and the default policy decides how often it is asked.
 */
await step("install", install);
await step("build", build);

const out = join("runs", "demo");
rmSync(join(root, out), { recursive: true, force: true });

console.log("\n▸ run");
console.log("  60 word problems, answered by the small model in packages/embedded-model on this machine's processor:");
console.log("  at most 16 samples each, fewer where its confidence or its votes settle the matter.\n");

const code = await run(process.execPath, [
  join(root, "apps/cli/bin/quorate.js"),
  "run",
  join("infra", "demo", "questions.jsonl"),
  ...["--model", "embedded", "--max-samples", "16", "--out", out],
]);
if (code !== 0) process.exit(code);

console.log(`
Look closer:   npm run -s quorate -- show ${out} shop-03
Ask it one:    npm run -s quorate -- ask "Tom has 12 apples. Tom finds 30 more. How many apples does Tom have now?" --model embedded
On real votes: npm run -s quorate -- eval packages/embedded-model/traces/test.jsonl.gz --policies sc,asc,esc,grace-es
Your own:      npm run -s quorate -- run QUESTIONS.jsonl --model openai:gpt-4o-mini --max-tokens 1000 --budget 1`);
