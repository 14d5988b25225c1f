import { type Allocator, allocatorNamed, allocators, QuorateError } from "@quorate/core";
import type { RunLimits } from "@quorate/runs";

/** Allocators by their names, separated by commas. */
export function allocatorsFrom(names: string): readonly Allocator[] {
  return names.split(",").map((name) => allocatorFrom(name.trim()));
}

function allocatorFrom(name: string): Allocator {
  const allocator = allocatorNamed(name);
  if (allocator !== undefined) return allocator;
  throw new QuorateError({
    code: "bad-option",
    what: `There is no allocator "${name}".`,
    hint: `Known: ${allocators.map((known) => known.name).join(", ")}.`,
  });
}

export interface SharingOptions {
  readonly audit?: number;
  readonly totalSamples?: number;
  readonly allocate?: string;
}

/** What all questions of a run share; nothing where each gets what its rule asks for. */
export function sharedLimits(options: SharingOptions): Pick<RunLimits, "totalSamples" | "allocate"> {
  requireTotal(options);
  const { totalSamples, allocate, audit } = options;
  if (totalSamples !== undefined && audit !== undefined) {
    throw new QuorateError({
      code: "bad-option",
      what: "--audit draws full votes, and --total-samples leaves open which question may have one.",
      hint: "Give one of the two.",
    });
  }
  return totalSamples === undefined ? {} : { totalSamples, allocate: allocatorFrom(allocate ?? "value").name };
}

export function requireTotal({ totalSamples, allocate }: SharingOptions): void {
  if (allocate === undefined || totalSamples !== undefined) return;
  throw new QuorateError({
    code: "bad-option",
    what: "--allocate says how a total is spent, and there is none.",
    hint: "Give one with --total-samples.",
  });
}
