/** Agreement on a scale of what is lost: 90, 99 and 99.9 % are equally far apart. */
export interface AgreementScale {
  /** Height on the axis. Full agreement, infinitely high, is a step above the highest of the others. */
  readonly position: (agreement: number) => number;
  readonly ticks: readonly { readonly position: number; readonly text: string }[];
}

/** Losses of 50, 20, 10, 5, 2, 1, 0.5, … %. */
const losses = [0.5, ...[1, 2, 3, 4, 5, 6].flatMap((digits) => [2, 1, 0.5].map((step) => step * 10 ** -digits))];

/** In powers of ten. */
const stepToFull = 0.4;

/** @param agreements all that is to be shown */
export function agreementScale(agreements: readonly number[]): AgreementScale {
  const lost = agreements.map((agreement) => 1 - agreement).filter((loss) => loss > 1e-9);
  const [least, most] = lost.length === 0 ? [0.01, 0.01] : [Math.min(...lost), Math.max(...lost)];
  const full = stepToFull - Math.log10(least);
  const isFull = agreements.some((agreement) => 1 - agreement <= 1e-9);
  // A little beyond the extremes, so that the axis says where they are.
  const inRange = losses.filter((loss) => loss <= most * 1.3 && loss >= least / 1.3);
  const sparse = inRange.length > 7 ? inRange.filter((loss) => Number.isInteger(roundedLog(loss))) : inRange;
  return {
    position: (agreement) => Math.min(full, -Math.log10(Math.max(1 - agreement, Number.MIN_VALUE))),
    ticks: [
      ...sparse.map((loss) => ({ position: -Math.log10(loss), text: `${Number((100 - 100 * loss).toFixed(6))} %` })),
      ...(isFull ? [{ position: full, text: "100 %" }] : []),
    ],
  };
}

const roundedLog = (value: number): number => Number(Math.log10(value).toFixed(9));
