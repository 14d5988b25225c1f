import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, skipped } from "./steps.mjs";

const trainer = join(root, "apps/trainer");
const environment = join(trainer, ".venv");
const windows = process.platform === "win32";
const python = join(environment, windows ? "Scripts/python.exe" : "bin/python");
const installMinutes = 10;

/** Checks and tests of the Python trainer, where Python 3.11 or newer and PyTorch can be had. */
export async function testTrainer() {
  const problem = await prepare();
  if (problem !== undefined) return skipped(problem);
  const options = { cwd: trainer, shell: false, env: { TOKENIZERS_PARALLELISM: "false" } };
  const lint = await run(python, ["-m", "ruff", "check", "."], options);
  return lint !== 0 ? lint : await run(python, ["-m", "pytest", "--quiet"], options);
}

/** Makes the virtual environment unless it is there; resolves with why it could not be made. */
async function prepare() {
  const project = readFileSync(join(trainer, "pyproject.toml"));
  const wanted = createHash("sha256").update(project).digest("hex");
  const stamp = join(environment, "installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return undefined;

  const found = newPython();
  if (found === undefined) return "no Python 3.11 or newer was found.";
  rmSync(environment, { recursive: true, force: true });
  const made = spawnSync(found, ["-m", "venv", environment], { encoding: "utf8" });
  if (made.status !== 0) return `${found} cannot make a virtual environment: ${lastLine(made.stdout + made.stderr)}`;

  const { torch, others } = requirements();
  const endsAt = Date.now() + installMinutes * 60_000;
  if (bringsGpuLibraries(torch)) {
    return `${torch} would bring several GB of GPU libraries from the package index in use. Point pip to an index with PyTorch's CPU build (PIP_INDEX_URL, see apps/trainer/README.md) and run again.`;
  }
  // Alone and first: another package's wish for a newer PyTorch must not be met before ours.
  const problem = (await pip([torch], endsAt)) ?? (await pip(others.concat(torch), endsAt));
  if (problem !== undefined) return problem;
  writeFileSync(stamp, wanted);
  return undefined;
}

function newPython() {
  const names = [process.env.PYTHON, "python3", "python3.13", "python3.12", "python3.11", "python"];
  const isNew = "import sys; sys.exit(sys.version_info < (3, 11))";
  return names.find((name) => name && spawnSync(name, ["-c", isNew]).status === 0);
}

/** The exact versions that pyproject.toml names, read by Python itself. */
function requirements() {
  const script =
    "import json, tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project'];" +
    "print(json.dumps(p['dependencies'] + p['optional-dependencies']['test']))";
  const all = JSON.parse(spawnSync(python, ["-c", script], { cwd: trainer, encoding: "utf8" }).stdout);
  const isTorch = (name) => name.startsWith("torch==");
  return { torch: all.find(isTorch), others: all.filter((name) => !isTorch(name)) };
}

/** The usual Linux build of PyTorch does. Nothing is downloaded to find out but the package's description. */
function bringsGpuLibraries(torch) {
  const dryRun = [
    "-m",
    "pip",
    "install",
    "--dry-run",
    "--quiet",
    "--disable-pip-version-check",
    "--report",
    "-",
    torch,
  ];
  const { status, stdout } = spawnSync(python, dryRun, { encoding: "utf8", timeout: 180_000, maxBuffer: 2 ** 28 });
  if (status !== 0) return false;
  const { install } = JSON.parse(stdout.slice(stdout.indexOf("{")));
  return install.some(({ metadata }) => metadata.name.startsWith("nvidia"));
}

/** Installs within what is left of the time; resolves with why it could not. */
function pip(what, endsAt) {
  return new Promise((done) => {
    const child = spawn(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...what]);
    let output = "";
    let isLate = false;
    const timer = setTimeout(
      () => {
        isLate = true;
        child.kill();
      },
      Math.max(0, endsAt - Date.now()),
    );
    const keep = (text) => {
      output = (output + text).slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      clearTimeout(timer);
      done(`pip could not be started: ${error.message}`);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      if (isLate) done(`installing PyTorch and the rest took longer than ${installMinutes} minutes.`);
      else done(code === 0 ? undefined : `pip could not install ${what.at(-1)}: ${lastLine(output)}`);
    });
  });
}

const lastLine = (output) => output.trim().split("\n").at(-1) ?? "";
