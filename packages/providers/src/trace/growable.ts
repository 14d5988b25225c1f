const firstCapacity = 64;

/** A typed array that grows; `trimmed` drops what it reserved. */
export class GrowableUint32 {
  #values: Uint32Array = new Uint32Array(firstCapacity);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  trim(): void {
    this.#values = this.trimmed();
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  trimmed(): Uint32Array {
    return this.#values.slice(0, this.#length);
  }
}

/** Doubles, for file positions beyond 4 GiB. */
export class GrowableFloat64 {
  #values: Float64Array = new Float64Array(firstCapacity);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  trimmed(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
