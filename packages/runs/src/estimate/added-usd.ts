import type { KnownOrUnknown } from "@quorate/core";

export function addedUsd(a: KnownOrUnknown, b: KnownOrUnknown): KnownOrUnknown {
  return a === "unknown" || b === "unknown" ? "unknown" : a + b;
}

export function multipliedUsd(usd: KnownOrUnknown, factor: number): KnownOrUnknown {
  return usd === "unknown" ? usd : usd * factor;
}
