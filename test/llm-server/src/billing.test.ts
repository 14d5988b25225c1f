import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ask, post, serve, until } from "./__fixtures__/test-client.ts";
import type { JournalPage } from "./control.ts";
import type { JournalEntry } from "./journal.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-server-"));
afterAll(() => rmSync(folder, { recursive: true }));

const linesOf = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JournalEntry);

describe("the journal", () => {
  it("adds up exactly", async () => {
    const server = await serve({ price: { input: 0.1, cachedInput: 0.05, output: 0.3 } });
    let [input, output] = [0, 0];
    for (let request = 0; request < 50; request++) {
      const { usage } = await ask(server, { prompt: `question ${request % 7}`, n: 1 + (request % 3) });
      input += usage.prompt_tokens;
      output += usage.completion_tokens;
    }
    const totals = server.journal();
    expect(totals).toMatchObject({
      requests: 50,
      billedRequests: 50,
      inputTokens: input,
      outputTokens: output,
      prompts: 7,
      open: 0,
    });
    expect(totals.usd).toBe((input * 100_000 + output * 300_000) / 1e12);
    const byPrompt = server.prompts();
    expect(byPrompt.reduce((sum, { paidRequests }) => sum + paidRequests, 0)).toBe(50);
    expect(byPrompt.reduce((sum, { paidSamples }) => sum + paidSamples, 0)).toBe(totals.billedSamples);
    expect(byPrompt.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(totals.usd, 12);
  });

  it("uses the price of the model", async () => {
    const free = { input: 0, cachedInput: 0, output: 0 };
    const server = await serve({ models: [{ id: "fake-model" }, { id: "free", price: free }] });
    await ask(server);
    await ask(server, { model: "free" });
    expect(server.entries().map(({ usd }) => usd > 0)).toEqual([true, false]);
  });

  it("is on disk before the last byte is sent", async () => {
    const journal = join(folder, "made", "order.jsonl");
    const server = await serve({ journal });
    await ask(server, { n: 2, seed: 3 });
    expect(linesOf(journal)).toMatchObject([
      { billed: true, n: 2, seed: 3, firstSample: 3, usage: { outputTokens: expect.any(Number) } },
    ]);
    await (await post(server, { stream: true })).text();
    expect(linesOf(journal)).toHaveLength(2);
    await post(server, { n: 0 });
    expect(linesOf(journal)[2]).toMatchObject({ billed: false, status: 400, fault: "invalid-request" });
    expect(linesOf(journal)).toEqual(JSON.parse(JSON.stringify(server.entries())));
  });

  it("forgets on reset, and the samples start again", async () => {
    const journal = join(folder, "reset.jsonl");
    const server = await serve({ journal, faults: [{ kind: "overloaded", requests: [2] }] });
    const first = await ask(server);
    await post(server);
    await fetch(`${server.url}/../control/reset`, { method: "POST" });
    expect(server.journal()).toMatchObject({ requests: 0, usd: 0, prompts: 0 });
    expect((await ask(server)).choices).toEqual(first.choices);
    expect((await post(server)).status).toBe(503);
    expect(linesOf(journal)).toHaveLength(4);
  });

  it("keeps the newest entries and all totals", async () => {
    const server = await serve({ keepEntries: 2, keepRequests: true });
    for (let request = 0; request < 7; request++) await ask(server, { temperature: request / 10 });
    expect(server.journal().requests).toBe(7);
    expect(server.entries().at(-1)).toMatchObject({ sequence: 7, request: { body: { temperature: 0.6 } } });
    expect(server.entries().length).toBeLessThanOrEqual(4);
  });

  it("is served in pages", async () => {
    const server = await serve();
    for (let request = 0; request < 5; request++) await ask(server, { prompt: String(request) });
    const page = async (query: string) =>
      (await (await fetch(`${server.url}/../control/journal?${query}`)).json()) as JournalPage;
    const first = await page("limit=3");
    expect(first).toMatchObject({ totals: { requests: 5, billedSamples: 5 }, next: 3 });
    const second = await page(`limit=3&after=${first.next}`);
    expect(second.next).toBeNull();
    expect([...first.entries, ...second.entries].map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    const prompts = await (await fetch(`${server.url}/../control/prompts?limit=2&after=4`)).json();
    expect(prompts).toMatchObject({ prompts: [{ requests: 1, paidRequests: 1, paidSamples: 1 }], next: null });
    expect(await (await fetch(`${server.url}/../control/health`)).json()).toMatchObject({ ok: true });
  });

  it("names the client's request", async () => {
    const server = await serve();
    const response = await post(server, {}, { headers: { "x-client-request-id": "mine-1" } });
    const [entry] = server.entries();
    expect(entry).toMatchObject({ clientRequestId: "mine-1", requestId: response.headers.get("x-request-id") });
  });
});

describe("a client that leaves", () => {
  it("is billed for a whole generation that finishes without it", async () => {
    const server = await serve({ latency: { ms: 100 } });
    const controller = new AbortController();
    const posted = post(server, { n: 2 }, { signal: controller.signal });
    await until(() => server.journal().open === 1);
    controller.abort();
    await expect(posted).rejects.toThrow();
    await until(() => server.journal().requests === 1);
    expect(server.entries()).toMatchObject([
      { billed: true, aborted: true, answers: [expect.anything(), expect.anything()] },
    ]);
    expect(server.journal()).toMatchObject({ billedSamples: 2, aborted: 1, open: 0 });
  });

  it("is billed for the tokens of a stream sent so far", async () => {
    const server = await serve({
      stream: { chunkMs: 3 },
      behaviour: { default: { tokens: { median: 200, sigma: 0 } } },
    });
    const controller = new AbortController();
    const response = await post(server, { stream: true }, { signal: controller.signal });
    const reader = response.body?.getReader();
    for (let read = 0; read < 3; read++) await reader?.read();
    controller.abort();
    await until(() => server.journal().requests === 1);
    const [entry] = server.entries();
    expect(entry).toMatchObject({ billed: true, aborted: true });
    expect(entry?.usage?.outputTokens).toBeGreaterThanOrEqual(1);
    expect(entry?.usage?.outputTokens).toBeLessThan(150);
    expect(entry?.usage?.inputTokens).toBeGreaterThan(0);
  });

  it("owes the prompt of a stream that had not begun", async () => {
    const server = await serve({ latency: { ms: 1000 } });
    const controller = new AbortController();
    const posted = post(server, { stream: true }, { signal: controller.signal });
    await until(() => server.journal().open === 1);
    controller.abort();
    await expect(posted).rejects.toThrow();
    await until(() => server.journal().requests === 1);
    expect(server.entries()).toMatchObject([{ billed: true, aborted: true, usage: { outputTokens: 0 } }]);
  });
});
