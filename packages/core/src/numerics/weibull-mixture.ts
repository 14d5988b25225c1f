interface Component {
  share: number;
  /** Weibull shape k. */
  shape: number;
  /** Logarithm of the Weibull scale λ. */
  logScale: number;
}

/** The share of each component stays inside these bounds, as in RPC's code. */
const minShare = 0.2;
/** Five parameters cannot be told from fewer points. */
const minPoints = 6;
const maxIterations = 100;
/** Gain in mean log-likelihood below which the fit has converged. */
const tolerance = 1e-5;
/** Shapes for logarithms of unit spread (a single Weibull has π/√6 ≈ 1.28 there). One at a bound has collapsed onto a few points. */
const shapeBounds = { min: 0.05, max: 50 };

/**
 * Fits a mixture of two Weibull distributions by expectation and maximisation, and gives the probability that a value
 * comes from the component with the higher median. Works on logarithms, where a Weibull is a Gumbel distribution of
 * minima, so that values of 1e-300 and of 0.9 are fitted alike. Deterministic: it starts from the lower and the upper half.
 *
 * @param values above 0
 * @returns undefined where there are too few values, all are equal, or the fit does not converge inside its bounds
 */
export function higherComponent(values: readonly number[]): ((value: number) => number) | undefined {
  if (values.length < minPoints) return undefined;
  const logs = values.map(Math.log).sort((a, b) => a - b);
  const { mean, spread } = momentsOf(logs);
  if (!(spread > 0)) return undefined;
  const points = logs.map((log) => (log - mean) / spread);
  const components = fit(points);
  if (components === undefined) return undefined;
  const [a, b] = components;
  const [lower, higher] = logMedian(a) <= logMedian(b) ? [a, b] : [b, a];
  return (value) => {
    const point = (Math.log(value) - mean) / spread;
    return 1 / (1 + Math.exp(logDensity(lower, point) - logDensity(higher, point)));
  };
}

function fit(points: readonly number[]): [Component, Component] | undefined {
  const half = Math.ceil(points.length / 2);
  let ofFirst: number[] = points.map((_, i) => (i < half ? 1 : 0));
  const first: Component = { share: 0.5, shape: 1, logScale: 0 };
  const second: Component = { share: 0.5, shape: 1, logScale: 0 };
  let before = Number.NEGATIVE_INFINITY;
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    const share = ofFirst.reduce((sum, one) => sum + one, 0) / points.length;
    first.share = Math.min(1 - minShare, Math.max(minShare, share));
    second.share = 1 - first.share;
    const isFitted =
      maximise(first, points, ofFirst) &&
      maximise(
        second,
        points,
        ofFirst.map((one) => 1 - one),
      );
    if (!isFitted) return undefined;
    let likelihood = 0;
    ofFirst = points.map((point) => {
      const [a, b] = [logDensity(first, point), logDensity(second, point)];
      const top = Math.max(a, b);
      const total = top + Math.log(Math.exp(a - top) + Math.exp(b - top));
      likelihood += total / points.length;
      return Math.exp(a - total);
    });
    if (likelihood - before < tolerance) return [first, second];
    before = likelihood;
  }
  return undefined;
}

/**
 * Weighted maximum likelihood of one component: the shape k solves Σr·x^k·log x / Σr·x^k − 1/k = Σr·log x / Σr. The left
 * side rises with k, so Newton's steps from the last shape are kept between bounds that close in.
 *
 * @returns false where the likelihood wants a shape outside the bounds
 */
function maximise(component: Component, points: readonly number[], weights: readonly number[]): boolean {
  const { total, mean, top } = summaryOf(points, weights);
  let { min: low, max: high } = shapeBounds;
  let shape = component.shape;
  for (let step = 0; step < 40; step += 1) {
    const { sum, moment, square } = powersAt(shape, top, points, weights);
    const ofPowers = moment / sum;
    const excess = ofPowers - 1 / shape - mean;
    if (excess < 0) low = shape;
    else high = shape;
    const slope = square / sum - ofPowers * ofPowers + 1 / (shape * shape);
    const wished = shape - excess / slope;
    const next = wished > low && wished < high ? wished : (low + high) / 2;
    const isClose = Math.abs(next - shape) < 1e-7 * shape;
    shape = next;
    if (isClose) break;
  }
  component.shape = shape;
  component.logScale = top + Math.log(powersAt(shape, top, points, weights).sum / total) / shape;
  return shape > shapeBounds.min * 1.001 && shape < shapeBounds.max * 0.999;
}

/** Σr, the mean of log x and the greatest log x among points of positive weight. */
function summaryOf(points: readonly number[], weights: readonly number[]) {
  let total = 0;
  let sum = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (const [i, point] of points.entries()) {
    const weight = weights[i]!;
    total += weight;
    sum += weight * point;
    if (weight > 0 && point > top) top = point;
  }
  return { total, mean: sum / total, top };
}

/** Σr·x^k and its first two derivatives by k, over the greatest x^k: no shape overflows. */
function powersAt(shape: number, top: number, points: readonly number[], weights: readonly number[]) {
  let sum = 0;
  let moment = 0;
  let square = 0;
  for (let i = 0; i < points.length; i += 1) {
    const point = points[i]!;
    const power = weights[i]! * Math.exp(shape * (point - top));
    sum += power;
    moment += power * point;
    square += power * point * point;
  }
  return { sum, moment, square };
}

function logDensity({ share, shape, logScale }: Component, point: number): number {
  const reduced = shape * (point - logScale);
  return Math.log(share * shape) + reduced - Math.exp(reduced);
}

function logMedian({ shape, logScale }: Component): number {
  return logScale + Math.log(Math.LN2) / shape;
}

function momentsOf(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, spread };
}
