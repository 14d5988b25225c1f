import { defineConfig } from "vitest/config";

/** The tests of core alone, for mutation testing. */
export default defineConfig({
  test: {
    include: ["packages/core/src/**/*.test.ts"],
    env: { QUORATE_MUTATION: "1" },
    testTimeout: 20_000,
  },
});
