import { type ExecFileException, execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startLlmServer } from "@quorate/llm-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkplace } from "./support/workplace.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = [
  ...readdirSync(join(root, "packages")).map((name) => join(root, "packages", name)),
  join(root, "apps/cli"),
];
const place = makeWorkplace();
const inRoot = (name: string): string => join(root, "node_modules", name);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly packageManager?: string;
  readonly private?: boolean;
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

const packages = folders.map((folder) => ({ folder, ...manifest(folder) })).filter((one) => one.private !== true);

function command(
  file: string,
  args: readonly string[],
  cwd = place.path,
  env: Record<string, string> = {},
): Promise<string> {
  const inherited = { PATH: process.env.PATH, HOME: process.env.HOME };
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...inherited, ...env }, timeout: 110_000 };
    execFile(file, args, options, (error: ExecFileException | null, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} ${args.join(" ")}\n${stdout}\n${stderr}`, { cause: error }));
    });
  });
}

beforeAll(async () => {
  const tarballs = join(place.path, "tarballs");
  mkdirSync(tarballs);
  const pnpm = manifest(root).packageManager!;
  // One after the other would take as long as all the tests together.
  await Promise.all(
    packages.map(({ folder }) => command("npx", ["-y", pnpm, "pack", "--pack-destination", tarballs], folder)),
  );
  place.file("package.json", '{"name":"stranger","private":true,"type":"module"}');
  const files = readdirSync(tarballs).map((name) => `./tarballs/${name}`);
  expect(files).toHaveLength(packages.length);
  const types = `@types/node@${manifest(inRoot("@types/node")).version}`;
  // What is optional are node-llama-cpp's binaries, GPU builds of 650 MB among them; its script would miss and compile them.
  const lean = ["--omit=optional", "--ignore-scripts"];
  await command("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...lean, ...files, types]);
}, 115_000);

afterAll(() => place.remove());

describe("the packages as a stranger gets them", () => {
  it("have manifests that publint accepts", async () => {
    for (const { name } of packages) {
      const said = await command(process.execPath, [
        inRoot("publint/src/cli.js"),
        "run",
        "--pack",
        "false",
        "--strict",
        join("node_modules", name),
      ]);
      expect(said).toMatch(/All good/);
    }
  });

  it("bring types that hold without skipLibCheck", async () => {
    const imports = packages.map(
      ({ name }, i) => `import * as p${i} from "${name}";\nexport const k${i}: object = p${i};`,
    );
    place.file(
      "types.ts",
      [
        ...imports,
        'import { describeProvider } from "@quorate/providers/testing";',
        "export { describeProvider };",
        "",
      ].join("\n"),
    );
    place.file(
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2023",
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          types: ["node"],
        },
        files: ["types.ts"],
      }),
    );
    await command(process.execPath, [inRoot("typescript/bin/tsc"), "-p", "."]);
  });

  it("run the command line", async () => {
    expect((await command("npx", ["--no-install", "quorate", "--version"])).trim()).toBe(
      manifest(join(root, "apps/cli")).version,
    );
    const samples = ["4", "4", "5", "4"].map((answer) => ({ answer }));
    place.file("trace.jsonl", `${JSON.stringify({ id: "a", gold: "4", samples })}\n`);
    const run = await command("npx", [
      "--no-install",
      "quorate",
      "run",
      "--model",
      "replay:trace.jsonl",
      "--out",
      "out",
      "--json",
    ]);
    expect(JSON.parse(run)).toMatchObject({ questions: 1, decided: 1, accuracy: 1 });
  });

  it("run the library example of the README", async () => {
    const example = fileURLToPath(new URL("./library-example.mjs", import.meta.url));
    const shown = /```(?:js|ts|javascript|typescript)\n(.*?)```/s.exec(
      readFileSync(join(root, "README.md"), "utf8"),
    )?.[1];
    if (shown !== undefined) expect(shown).toBe(readFileSync(example, "utf8"));
    copyFileSync(example, join(place.path, "example.mjs"));
    const server = await startLlmServer({ behaviour: { default: { answers: [{ answer: "3", probability: 1 }] } } });
    try {
      const said = await command(process.execPath, ["example.mjs"], place.path, { OPENAI_BASE_URL: server.url });
      expect(said).toBe("3: 4 samples, 12 saved, support 1.00, by beta\n");
    } finally {
      await server.close();
    }
  });
});
