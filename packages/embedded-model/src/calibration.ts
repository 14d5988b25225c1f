/**
 * [P(`<CNF>`), chance of being right]: isotonic regression on the recorded calibration split. Written by
 * `node test/bench/calibrate-embedded.mjs`; a test holds it against the recording.
 */
export const calibration: readonly (readonly [number, number])[] = [
  [0.0719, 0.0428],
  [0.1813, 0.1064],
  [0.2802, 0.2548],
  [0.3553, 0.3184],
  [0.4391, 0.4141],
  [0.5261, 0.5012],
  [0.6214, 0.5753],
  [0.7526, 0.6848],
  [0.8724, 0.8536],
  [0.9171, 0.8934],
  [0.9341, 0.954],
  [0.9459, 0.9567],
  [0.9541, 0.9697],
  [0.9609, 0.9761],
  [0.9675, 0.9855],
  [0.9744, 0.9872],
];
