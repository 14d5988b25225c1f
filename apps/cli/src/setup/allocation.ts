import { type Allocator, allocatorNamed, allocators, QuorateError } from "@quorate/core";

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
