/** The arrows of the design: core knows nobody; layers point one way; nobody imports another package's inside. */
const layer = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: `^${from}/src` },
  to: {
    path: "^(packages|apps|test)/",
    pathNot: [from, ...allowed].map((place) => `^${place}/`),
  },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-inside-of-another-package",
      comment: "Import a package by its name; only its index is public.",
      severity: "error",
      from: { path: "^((?:packages|apps)/[^/]+)/" },
      to: {
        path: "^(?:packages|apps)/[^/]+/src/(?!(?:index|testing)\\.ts$)",
        pathNot: "^$1/",
      },
    },
    {
      name: "core-needs-zod-only",
      severity: "error",
      from: { path: "^packages/core/src", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm", "core"], pathNot: "/node_modules/zod/" },
    },
    layer("core-knows-nobody", "packages/core", []),
    layer("answers-know-core", "packages/answers", ["packages/core"]),
    layer("confidence-knows-core", "packages/confidence", ["packages/core"]),
    layer("embedded-model-knows-nobody", "packages/embedded-model", []),
    layer("providers-know-core", "packages/providers", ["packages/core", "packages/embedded-model", "test/llm-server"]),
    layer("runs-know-the-middle", "packages/runs", [
      "packages/core",
      "packages/answers",
      "packages/confidence",
      "packages/providers",
      "test/llm-server",
    ]),
    layer("evaluation-knows-the-middle", "packages/evaluation", [
      "packages/core",
      "packages/answers",
      "packages/confidence",
      "packages/providers",
    ]),
    {
      name: "product-does-not-need-tests",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src", pathNot: "\\.test\\.ts$" },
      to: { path: "^test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules|\\.venv)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@quorate/source", "import", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".json"],
    },
  },
};
