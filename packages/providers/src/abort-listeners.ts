/**
 * Many may wait on one signal: an event target walks all of its listeners to add one, and Node warns from the eleventh
 * on. So each signal gets one listener, which calls whoever is in its set.
 */
const listening = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back once when the signal aborts, unless `stopListening` came first. The signal must not be aborted already. */
export function listenForAbort(signal: AbortSignal, onAbort: () => void): void {
  let callbacks = listening.get(signal);
  if (callbacks === undefined) {
    const created = new Set<() => void>();
    signal.addEventListener("abort", () => callAll(created), { once: true });
    listening.set(signal, created);
    callbacks = created;
  }
  callbacks.add(onAbort);
}

export function stopListening(signal: AbortSignal, onAbort: () => void): void {
  listening.get(signal)?.delete(onAbort);
}

function callAll(callbacks: Set<() => void>): void {
  const all = [...callbacks];
  callbacks.clear();
  for (const onAbort of all) onAbort();
}
