import type { Elicitor } from "./elicitor.ts";
import { elicitorNamed } from "./registry.ts";

/** What compact recordings call a signal, by the elicitor that reads it. */
const namesInRecordings: ReadonlyMap<string, string> = new Map([
  ["recorded", "confidence"],
  ["token-probability", "logprob"],
]);

/** What people read of an elicitor's scores: the field of a compact recording where there is one. */
export function signalName({ name }: Pick<Elicitor, "name">): string {
  return namesInRecordings.get(name) ?? name;
}

/** By the elicitor's own name, or by the field's. @throws QuorateError `bad-policy` listing the known names */
export function elicitorForSignal(name: string): Elicitor {
  const [own] = [...namesInRecordings].find(([, field]) => field === name) ?? [name];
  return elicitorNamed(own);
}
