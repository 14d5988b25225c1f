import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { embeddedModel } from "@quorate/embedded-model";
import { describe, expect, it } from "vitest";
import { randomModelFile } from "./embedded/__fixtures__/random-model.ts";
import { providerFromSpec } from "./provider-from-spec.ts";
import { temporaryFile } from "./trace/__fixtures__/temporary-file.ts";

describe("providerFromSpec", () => {
  it("makes a model behind a server, told by the environment", async () => {
    const env = { OPENAI_BASE_URL: "http://localhost:8000/v1", OPENAI_API_KEY: " " };
    const provider = await providerFromSpec("openai:org/model:tag", { env });
    expect(provider.id).toBe("openai:org/model:tag");
    expect(provider.account).toMatch(/^localhost:8000#/);
  });

  it("prefers what it was told directly", async () => {
    const env = { OPENAI_BASE_URL: "http://localhost:1/v1", OPENAI_API_KEY: "a" };
    const provider = await providerFromSpec("openai:m", { env, baseUrl: "http://localhost:2/v1", apiKey: "b" });
    const other = await providerFromSpec("openai:m", { env });
    expect(provider.account).toMatch(/^localhost:2#/);
    expect(provider.account.split("#")[1]).not.toBe(other.account.split("#")[1]);
  });

  it("names the variable of a missing key", async () => {
    await expect(providerFromSpec("openai:gpt-4o-mini", { env: {} })).rejects.toMatchObject({
      code: "missing-key",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
  });

  it("opens a recording", async () => {
    const path = await temporaryFile("trace.jsonl");
    await writeFile(path, '{"id":"a","samples":[{"answer":"1"}]}\n');
    const provider = await providerFromSpec(`replay:${path}`);
    expect(provider.id).toBe(`replay:${path}`);
    expect(provider.available?.({ id: "a", kind: "exact" })).toBe(1);
    await provider.close();
  });

  it("makes an embedded model, of a file or its own", async () => {
    const path = randomModelFile();
    const provider = await providerFromSpec(`embedded:${path}`);
    expect(provider.id).toBe(`embedded:${path}`);
    expect(provider.can.signals).toContain("special-token");
    await expect(providerFromSpec("embedded:/nowhere.gguf")).rejects.toMatchObject({
      code: "unknown-model",
      message: expect.stringMatching(/no weights to read at .*embedded:FILE.gguf/),
    });
    const weightsThere = existsSync(embeddedModel.path);
    const own = providerFromSpec("embedded");
    if (weightsThere) expect((await own).id).toBe(`embedded:${embeddedModel.id}`);
    else await expect(own).rejects.toThrow(embeddedModel.path);
  });

  it.each(["embedded:", "gpt-4o-mini", "nobody:model", "openai:", ":", ""])(
    "explains what is wrong with %j",
    async (spec) => {
      await expect(providerFromSpec(spec, { env: {} })).rejects.toMatchObject({
        code: "unknown-model",
        message: expect.stringContaining("openai:gpt-4o-mini or replay:"),
      });
    },
  );
});
