import { defineConfig } from "vitest/config";

/** Other packages are read from source, so that no build stands between an edit and its test. */
const conditions = ["@quorate/source", "module", "node", "import", "default"];
const fromSource = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  ...fromSource,
  test: {
    projects: [
      {
        ...fromSource,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts", "test/llm-server/src/**/*.test.ts"],
        },
      },
      {
        ...fromSource,
        test: {
          name: "e2e",
          // The work is done by processes of their own; the tests mostly wait for them.
          maxWorkers: 2,
          include: ["test/*/**/*.e2e.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
