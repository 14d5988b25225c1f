/**
 * [P(`<CNF>`), chance of being right]: isotonic regression on the recorded calibration split. Written by
 * `node test/bench/calibrate-embedded.mjs`; a test holds it against the recording.
 */
export const calibration: readonly (readonly [number, number])[] = [
  [0.0719, 0.0428],
  [0.1813, 0.1064],
  [0.2802, 0.2534],
  [0.3551, 0.3203],
  [0.439, 0.4141],
  [0.5259, 0.5016],
  [0.621, 0.5709],
  [0.7514, 0.6816],
  [0.871, 0.8538],
  [0.9159, 0.8928],
  [0.9331, 0.9516],
  [0.9452, 0.9553],
  [0.957, 0.9726],
  [0.9694, 0.9863],
];
