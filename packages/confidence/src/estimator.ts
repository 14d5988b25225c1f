import { buildCalibrator, type Policy, type Signals } from "@quorate/core";
import { elicitorFor } from "./elicitors/registry.ts";

/** From a sample's signals to its confidence; undefined where the signal is absent or censored. */
export type Estimator = (signals: Signals) => number | undefined;

const none: Estimator = () => undefined;

/** The elicitor and the calibrator that a policy names. @throws QuorateError `bad-policy` for an unknown elicitor */
export function estimatorFor(policy: Pick<Policy, "confidence">): Estimator {
  if (policy.confidence === null) return none;
  const elicitor = elicitorFor(policy.confidence);
  const calibrate = buildCalibrator(policy.confidence.calibrator);
  return (signals) => {
    const score = elicitor.score(signals);
    return typeof score === "number" ? calibrate(score) : undefined;
  };
}
