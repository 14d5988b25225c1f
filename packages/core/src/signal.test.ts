import { describe, expect, it } from "vitest";
import { type SignalKind, signalKindOrder, signalRange } from "./signal.ts";

describe("signal kinds", () => {
  it("have a range, groups of tokens for any number of them", () => {
    expect(signalRange("recorded")).toBe("probability");
    expect(signalRange("mean-logprob")).toBe("logprob");
    expect(signalRange("group-lowest@2048")).toBe("score");
    expect(signalRange("group-tail@1")).toBe("score");
  });

  it.each(["vibes", "toString", "group-lowest", "group-lowest@0", "group-lowest@2.5", "group-lowest@", "internal@3"])(
    "%s is none",
    (kind) => expect(signalRange(kind)).toBeUndefined(),
  );

  it("are listed in one order whatever came first", () => {
    const listed: SignalKind[] = ["recorded", "mean-logprob", "internal", "group-lowest@16", "group-tail@16"];
    expect(listed.toReversed().sort(signalKindOrder)).toEqual(listed);
  });
});
