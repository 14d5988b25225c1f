import { build, install, pnpm, run, step } from "./steps.mjs";
import { testTrainer } from "./trainer.mjs";

/**
 * `npm test`: installs what is needed and runs every check and test. `--deep` adds what takes longer: many more kills,
 * mutation testing of core, and the benchmarks held to their limits.
 */
const isDeep = process.argv.includes("--deep");
const startedAt = Date.now();

await step("install", install);
await step("format and lint", () => pnpm("exec", "biome", "check", "."));
await step("floating promises", () =>
  pnpm("exec", "oxlint", "--type-aware", "-c", ".oxlintrc.json", "packages", "apps", "test"),
);
await step("arrows between rooms", () => pnpm("run", "--silent", "arrows"));
await step("dead code", () => pnpm("exec", "knip", "--no-progress"));
await step("types", () => pnpm("exec", "tsc", "-p", "tsconfig.json"));
await step("build", build);
await step("unit tests", () => pnpm("exec", "vitest", "run", "--project", "unit"));
await step("end-to-end tests", () => pnpm("exec", "vitest", "run", "--project", "e2e"));
await step("memory of 100,000 questions", () =>
  run(process.execPath, ["--expose-gc", "test/bench/memory.mjs", "--check"]),
);
await step("trainer (Python)", testTrainer);

if (isDeep) {
  const killed = { env: { QUORATE_KILLS: "200" } };
  await step("kill -9, 200 times", () =>
    run("npx", ["vitest", "run", "--project", "e2e", "test/e2e/crash.e2e.ts"], killed),
  );
  await step("overhead", () => run(process.execPath, ["test/bench/overhead.mjs", "--check"]));
  await step("mutation testing of core", () => pnpm("exec", "stryker", "run"));
}

console.log(`\nAll checks passed in ${((Date.now() - startedAt) / 60_000).toFixed(1)} minutes.`);
