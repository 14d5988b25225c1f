import { calibrationMethods } from "@quorate/confidence";
import { expect, it } from "vitest";
import { calibrationMethodNames } from "./program.ts";

it("the command line offers every method of calibration that there is", () => {
  expect(calibrationMethodNames).toEqual(calibrationMethods.map(({ name }) => name).sort());
});
