import { type Interval, z95 } from "./interval.ts";

/** Wilson's score interval of a share among `count` independent ones. Has width even at 0 % and 100 %. */
export function wilsonInterval(share: number, count: number): Interval {
  const spread = z95 ** 2 / count;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / count + spread / (4 * count));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
