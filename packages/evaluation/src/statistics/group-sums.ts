import { IdIndex } from "@quorate/providers";
import type { RatioGroups } from "./ratio-groups.ts";

/** Adds up numerators and denominators by group. Who names no group is a group of its own. */
export class GroupSums implements RatioGroups {
  readonly numerators: number[] = [];
  readonly denominators: number[] = [];
  readonly #index = new IdIndex();
  /** From a named group's place in the index to its place here. */
  readonly #places: number[] = [];

  get length(): number {
    return this.numerators.length;
  }

  add(group: string | undefined, numerator: number, denominator: number): void {
    const place = this.#placeOf(group);
    this.numerators[place] = (this.numerators[place] ?? 0) + numerator;
    this.denominators[place] = (this.denominators[place] ?? 0) + denominator;
  }

  #placeOf(group: string | undefined): number {
    if (group === undefined) return this.length;
    const { place, isNew } = this.#index.add(group);
    if (isNew) this.#places.push(this.length);
    return this.#places[place]!;
  }
}
