import { readFlags, usageText } from "./flags.ts";
import { startLlmServer } from "./server.ts";

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const { help, exitWithStdin, options } = readFlags(process.argv.slice(2));
  if (help) {
    process.stdout.write(usageText);
    return;
  }
  const server = await startLlmServer(options);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void server.close().finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (exitWithStdin) {
    process.stdin.on("error", stop).on("close", stop).on("end", stop).resume();
  }
  // A parent that was killed no longer reads; that alone is no reason to crash.
  process.stdout.on("error", () => {});
  process.stdout.write(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`);
}
