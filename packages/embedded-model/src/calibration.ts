/**
 * [P(`<CNF>`), chance of being right]: isotonic regression on the recorded calibration split. Written by
 * `node test/bench/calibrate-embedded.mjs`; a test holds it against the recording.
 */
export const calibration: readonly (readonly [number, number])[] = [
  [0, 0.05],
  [1, 0.95],
];
