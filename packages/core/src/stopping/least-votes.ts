/**
 * The least number of further votes, from 1 up, for which `couldStop` holds; `left` where none does. What could stop after
 * m votes could stop after more. Doubles and halves, since most questions need few.
 */
export function leastVotes(left: number, couldStop: (votes: number) => boolean): number {
  let tooFew = 0;
  let enough = 1;
  while (enough < left && !couldStop(enough)) {
    tooFew = enough;
    enough = Math.min(left, 2 * enough);
  }
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >>> 1;
    if (couldStop(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
