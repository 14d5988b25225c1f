import { isAbsolute, sep } from "node:path";
import { expect, it } from "vitest";
import { embeddedModel } from "./embedded-model.ts";

it("names the weights beside the package's code, built or not", () => {
  expect(isAbsolute(embeddedModel.path)).toBe(true);
  expect(embeddedModel.path.split(sep).slice(-3)).toEqual(["embedded-model", "weights", `${embeddedModel.id}.gguf`]);
});

it("says how to ask", () => {
  expect(embeddedModel.promptTemplate.split("{{question}}")).toHaveLength(2);
  expect(embeddedModel.knows).not.toBe("");
});
