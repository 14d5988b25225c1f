import { hashWords } from "../seeded-random.ts";
import { GrowableUint32 } from "./growable.ts";

const empty = -1;
/** The table is at most this full, so a search takes two or three steps. */
const fullest = 0.7;

/**
 * From id to place without keeping the ids: 64 bits of hash each, about 20 bytes with the table. Two ids out of a million
 * have the same 64 bits with a chance of 1 in 37 million.
 */
export class IdIndex {
  readonly #first = new GrowableUint32();
  readonly #second = new GrowableUint32();
  #table = new Int32Array(64).fill(empty);

  /** Adds the id at the next place, or says where it was already. */
  add(id: string): { readonly place: number; readonly isNew: boolean } {
    const [first, second] = hashWords(id);
    const slot = this.#slotOf(first, second);
    const known = this.#table[slot]!;
    if (known !== empty) return { place: known, isNew: false };
    const place = this.#first.length;
    this.#table[slot] = place;
    this.#first.push(first);
    this.#second.push(second);
    if (place + 1 > fullest * this.#table.length) this.#enlarge();
    return { place, isNew: true };
  }

  indexOf(id: string): number {
    const [first, second] = hashWords(id);
    return this.#table[this.#slotOf(first, second)]!;
  }

  /** Gives back what was reserved for more ids. */
  trim(): void {
    this.#first.trim();
    this.#second.trim();
  }

  /** The slot of this hash, or the empty one where it belongs. */
  #slotOf(first: number, second: number): number {
    const mask = this.#table.length - 1;
    let slot = first & mask;
    for (;;) {
      const place = this.#table[slot]!;
      if (place === empty) return slot;
      if (this.#first.at(place) === first && this.#second.at(place) === second) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #enlarge(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(empty);
    for (let place = 0; place < this.#first.length; place++) {
      this.#table[this.#slotOf(this.#first.at(place), this.#second.at(place))] = place;
    }
  }
}
