import { listenForAbort, stopListening } from "./abort-listeners.ts";
import type { Clock } from "./contract.ts";

/** The clock of the machine. A sleep keeps the process alive: someone waits for its end. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        stopListening(signal, onAbort);
        resolve();
      }, ms);
      listenForAbort(signal, onAbort);
    }),
};
