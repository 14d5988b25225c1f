import { presetNamed, setParameter } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { withConfidence } from "./calibration.ts";

describe("withConfidence", () => {
  const calibrator = { form: "identity" } as const;
  const asking = setParameter(
    setParameter(presetNamed("cisc"), "confidence.elicitor=p-true"),
    "confidence.options.labels=yes-no",
  );

  it("keeps how a source is measured, and forgets it with the source", () => {
    const options = { labels: "yes-no" };
    expect(withConfidence(asking, { confidence: "p-true" }).confidence).toEqual({
      elicitor: "p-true",
      options,
      calibrator,
    });
    expect(withConfidence(asking, { confidence: "verbal-scale" }).confidence).toEqual({
      elicitor: "verbal-scale",
      calibrator,
    });
    const windowed = setParameter(presetNamed("deepconf-low"), "confidence.window=64");
    expect(withConfidence(windowed, { confidence: "group-lowest" }).confidence).toMatchObject({ window: 64 });
  });
});
