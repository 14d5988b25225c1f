import type { RunHandle } from "@quorate/runs";
import { exitCodes } from "../exit-codes.ts";

/** Ctrl-C once: launch nothing more, record what is in flight. Twice: leave now; what is journaled stays. */
export function stopOnSignals(handle: RunHandle, say: (line: string) => void): () => void {
  let times = 0;
  const onSignal = (): void => {
    times += 1;
    if (times > 1) process.exit(exitCodes.interrupted);
    handle.cancel("finish");
    say("Stopping: what is in flight is being recorded. Press Ctrl-C again to leave at once.");
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return () => {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
}
