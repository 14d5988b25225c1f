import type { Lane } from "./lane.ts";

/** Samples of one prompt that wait for a lane. */
export interface Work {
  readonly prompt: readonly number[];
  /** False once none waits any more. */
  readonly isWaiting: boolean;
  /** Takes one waiting sample to its outcome; never rejects. */
  runNext(lane: Lane): Promise<void>;
}

/** Lets a lane go on with the prompt it has read, else with whoever has waited longest. */
export class LanePool {
  readonly #idle: Lane[];
  readonly #works = new Set<Work>();

  constructor(lanes: readonly Lane[]) {
    this.#idle = [...lanes];
  }

  add(work: Work): void {
    this.#works.add(work);
    while (this.#idle.length > 0 && this.#next(this.#idle.at(-1)!) !== undefined) void this.#drive(this.#idle.pop()!);
  }

  async #drive(lane: Lane): Promise<void> {
    for (let work = this.#next(lane); work !== undefined; work = this.#next(lane)) await work.runNext(lane);
    this.#idle.push(lane);
  }

  #next(lane: Lane): Work | undefined {
    let oldest: Work | undefined;
    for (const work of this.#works) {
      if (!work.isWaiting) this.#works.delete(work);
      else if (lane.holds(work.prompt)) return work;
      else oldest ??= work;
    }
    return oldest;
  }
}
