import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { ask, post, serve, until } from "./__fixtures__/test-client.ts";
import { goDuration } from "./go-duration.ts";

describe("requests that are wrong", () => {
  it.each([
    [{ messages: [] }, "messages", "invalid_value"],
    [{ messages: undefined }, "messages", "missing_required_parameter"],
    [{ n: 0 }, "n", "invalid_value"],
    [{ n: 129 }, "n", "integer_above_max_value"],
    [{ n: "two" }, "n", "invalid_type"],
    [{ messages: [{ role: "king", content: "x" }] }, "messages[0].role", "invalid_value"],
    [{ top_logprobs: 3 }, "top_logprobs", null],
    [{ temperature: 3 }, "temperature", "invalid_value"],
  ])("%j", async (extra, param, code) => {
    const server = await serve();
    const response = await post(server, extra);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", param, code } });
    expect(server.journal()).toMatchObject({ requests: 1, billedRequests: 0, faults: { "invalid-request": 1 } });
  });

  it("are refused for their body, key, model or address", async () => {
    const server = await serve({ apiKey: "right", knownModelsOnly: true });
    const headers = { authorization: "Bearer right" };
    const statuses = [
      await post(server),
      await post(server, {}, { headers, body: "{" }),
      await post(server, {}, { headers, body: "" }),
      await post(server, { model: "nobody" }, { headers }),
      await fetch(`${server.url}/nowhere`),
      await post(server, {}, { headers }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 400, 400, 404, 404, 200]);
  });

  it("do not reach a server with wrong options", async () => {
    await expect(serve({ latency: { ms: -1 } })).rejects.toThrow(/latency\.ms/);
    const behaviour = {
      default: {
        answers: [
          { answer: "1", probability: 0.8 },
          { answer: "2", probability: 0.3 },
        ],
      },
    };
    await expect(serve({ behaviour })).rejects.toThrow(/at most 1/);
  });
});

describe("limits", () => {
  it("admit so many requests in a window", async () => {
    const server = await serve({ rateLimit: { requests: 3, windowMs: 60_000 } });
    const responses = [];
    for (let request = 0; request < 5; request++) responses.push(await post(server));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(responses.map(({ headers }) => headers.get("x-ratelimit-remaining-requests"))).toEqual([
      "2",
      "1",
      "0",
      "0",
      "0",
    ]);
    expect(responses[3]?.headers.get("x-ratelimit-reset-requests")).toMatch(/^(1m0s|59(\.\d+)?s)$/);
    expect(Number(responses[3]?.headers.get("retry-after"))).toBeGreaterThan(58);
    expect(await responses[4]?.json()).toMatchObject({ error: { type: "requests", code: "rate_limit_exceeded" } });
    expect(server.journal()).toMatchObject({ billedRequests: 3, faults: { "rate-limited": 2 } });
  });

  it("open a new window", async () => {
    const server = await serve({ rateLimit: { requests: 1, windowMs: 50 } });
    await ask(server);
    const statuses: number[] = [];
    do statuses.push((await post(server)).status);
    while (statuses.at(-1) !== 200 && statuses.length < 10_000);
    expect(statuses.at(-1)).toBe(200);
    expect(statuses.slice(0, -1).every((status) => status === 429)).toBe(true);
  });

  it("admit so many requests at once", async () => {
    const server = await serve({
      rateLimit: { concurrency: 2 },
      behaviour: { faults: [{ kind: "slow", key: "slow", delayMs: 60_000 }] },
    });
    const held = [1, 2].map(() => post(server, { prompt: "slow" }).catch(() => undefined));
    await until(() => server.journal().open === 2);
    expect([(await post(server)).status, (await post(server)).status]).toEqual([429, 429]);
    await server.close();
    await Promise.all(held);
  });
});

describe("close", () => {
  it("ends open responses, bills no unfinished generation and streams for what was sent", async () => {
    const server = await serve({
      latency: { ms: 5 },
      stream: { chunkMs: 1000 },
      faults: [{ kind: "slow", key: "slow", delayMs: 60_000 }],
    });
    const slow = post(server, { prompt: "slow" }).catch((error: unknown) => error);
    const stream = await post(server, { stream: true });
    await until(() => server.journal().open === 2);
    const started = performance.now();
    await Promise.all([server.close(), server.close()]);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await slow).toBeInstanceOf(Error);
    await expect(stream.text()).rejects.toThrow();
    const byStream = Object.fromEntries(server.entries().map((entry) => [String(entry.stream), entry]));
    expect(byStream.false).toMatchObject({ billed: false, aborted: true, usd: 0 });
    expect(byStream.true).toMatchObject({ billed: true, aborted: true });
  });
});

describe("a rude client", () => {
  it("never stops the server", async () => {
    const server = await serve({ latency: { ms: 2 } });
    const head = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n";
    for (const bytes of ["garbage\r\n\r\n", head, `${head}{"model"`, "GET / HTTP/1.1\r\n"]) {
      await new Promise<void>((resolve) => {
        const socket = connect(server.port, "127.0.0.1", () => socket.write(bytes, () => socket.resetAndDestroy()));
        socket.on("error", () => {}).on("close", () => resolve());
      });
    }
    const leaving = Array.from({ length: 20 }, () =>
      post(server, { n: 50 }, { signal: AbortSignal.timeout(3) }).catch(() => undefined),
    );
    await Promise.all(leaving);
    expect((await post(server)).status).toBe(200);
  });
});

describe("a Go duration", () => {
  it.each([
    [0, "0s"],
    [12, "12ms"],
    [1000, "1s"],
    [1500, "1.5s"],
    [360_000, "6m0s"],
    [3_600_000, "1h0m0s"],
  ])("%i ms is %s", (ms, text) => expect(goDuration(ms)).toBe(text));
});
