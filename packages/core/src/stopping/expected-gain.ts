import { betaTail } from "../numerics/beta-tail.ts";

/**
 * ΔR(m) for m = 0…`most`: the expected gain in P(the answer is the more likely of the two leading ones) when m more samples
 * are drawn before the answer is chosen. Votes fall to the leader, the runner-up or anything else (abstentions included) as
 * a Dirichlet-multinomial with a uniform prior says, so not all m samples are
 * expected to tell the two apart. By the martingale of the posterior q = P(leader more likely), E[max(q′, 1 − q′)] − q = E[max(0, 1 − 2q′)]: only
 * outcomes that turn the order gain anything, and none do before m = lead + 1. That an answer behind the runner-up may win
 * is left out. O(most²).
 *
 * @param leader votes of the leading class, at least `runnerUp`
 * @param others samples of every other kind
 */
export function expectedGains(leader: number, runnerUp: number, others: number, most: number): Float64Array {
  const twoWay = gainsOfTwo(leader, runnerUp, most);
  const gains = new Float64Array(most + 1);
  const shares = new Urn(leader + runnerUp + 2, others + 1, most);
  for (let drawn = 0; drawn <= most; drawn += 1) {
    let gain = 0;
    for (let telling = leader - runnerUp + 1; telling <= drawn; telling += 1) {
      gain += shares.probability[telling]! * twoWay[telling]!;
    }
    gains[drawn] = gain;
    shares.draw();
  }
  return gains;
}

/** The same when every further vote goes to one of the two. */
function gainsOfTwo(leader: number, runnerUp: number, most: number): Float64Array {
  const gains = new Float64Array(most + 1);
  const votes = new Urn(leader + 1, runnerUp + 1, most);
  const lead = leader - runnerUp;
  for (let drawn = 0; drawn <= most; drawn += 1) {
    let gain = 0;
    for (let more = 0; 2 * more < drawn - lead; more += 1) {
      gain += votes.probability[more]! * (2 * moreLikely(runnerUp + drawn - more, leader + more) - 1);
    }
    gains[drawn] = gain;
    votes.draw();
  }
  return gains;
}

/** Pólya's urn: how many of the draws so far were of the first kind. Positive sums only, so nothing cancels. */
class Urn {
  readonly probability: Float64Array;
  readonly #first: number;
  readonly #second: number;
  #drawn = 0;

  constructor(first: number, second: number, most: number) {
    this.#first = first;
    this.#second = second;
    this.probability = new Float64Array(most + 2);
    this.probability[0] = 1;
  }

  draw(): void {
    const { probability } = this;
    const drawn = this.#drawn;
    const balls = this.#first + this.#second + drawn;
    for (let count = drawn + 1; count >= 0; count -= 1) {
      const stays = count > drawn ? 0 : (probability[count]! * (this.#second + drawn - count)) / balls;
      const rises = count === 0 ? 0 : (probability[count - 1]! * (this.#first + count - 1)) / balls;
      probability[count] = stays + rises;
    }
    this.#drawn += 1;
  }
}

/** Beta tails by votes of the weaker answer, then of the stronger; the same few hundred are asked for at every state. */
const tails: number[][] = [];
const remembered = 1024;

function moreLikely(stronger: number, weaker: number): number {
  if (stronger > remembered) return betaTail(stronger, weaker);
  tails[weaker] ??= [];
  const row = tails[weaker];
  row[stronger] ??= betaTail(stronger, weaker);
  return row[stronger];
}
