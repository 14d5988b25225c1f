import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { listenForAbort, stopListening } from "./abort-listeners.ts";

it("tells everyone once through one listener", () => {
  const controller = new AbortController();
  const told: number[] = [];
  const callbacks = Array.from({ length: 100 }, (_, i) => () => void told.push(i));
  for (const callback of callbacks) listenForAbort(controller.signal, callback);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  for (const callback of callbacks.slice(2)) stopListening(controller.signal, callback);
  controller.abort();
  expect(told).toEqual([0, 1]);
});
