import { spawn, spawnSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** What the set-up scripts share. They run before anything is installed: Node's own modules only. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const pnpmVersion = "10.34.9";
const windows = process.platform === "win32";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Quorate needs Node 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

function hasPnpm() {
  const found = spawnSync("pnpm", ["--version"], { encoding: "utf8", shell: windows });
  return found.status === 0 && found.stdout.trim().startsWith("10.");
}

/** pnpm where it is installed, else through npx: nothing is installed globally. */
const pnpmCommand = hasPnpm() ? ["pnpm"] : ["npx", "--yes", `pnpm@${pnpmVersion}`];

/** Runs a command and resolves with its exit code; its output goes where ours goes. */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: "inherit",
      shell: windows,
      ...options,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...options.env },
    });
    child.on("error", fail);
    child.on("exit", (code, signal) => done(signal === null ? code : 1));
  });
}

export function pnpm(...args) {
  const [command, ...before] = pnpmCommand;
  return run(command, [...before, ...args]);
}

/** What a step returns that could not be taken here, with the reason; the run goes on. */
export const skipped = (reason) => ({ skipped: reason });

/** Runs a step, says how long it took, and ends the process when it fails. */
export async function step(name, action) {
  console.log(`\n▸ ${name}`);
  const startedAt = Date.now();
  const code = await action();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (typeof code === "object") {
    console.log(`– ${name} SKIPPED after ${seconds} s: ${code.skipped}`);
    return;
  }
  if (code !== 0) {
    console.error(`✗ ${name} failed after ${seconds} s`);
    process.exit(code || 1);
  }
  console.log(`✓ ${name} (${seconds} s)`);
}

export const install = () => pnpm("install", "--frozen-lockfile", "--prefer-offline");
export const build = () => pnpm("exec", "turbo", "run", "build", "--output-logs=errors-only");
