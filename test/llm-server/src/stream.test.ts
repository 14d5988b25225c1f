import { describe, expect, it } from "vitest";
import { ask, type Chunk, chunks, post, serve } from "./__fixtures__/test-client.ts";

const contentOf = (events: Chunk[], index: number) =>
  events
    .flatMap(({ choices }) =>
      choices.filter((choice) => choice.index === index).map(({ delta }) => delta.content ?? ""),
    )
    .join("");

describe("a stream", () => {
  it("interleaves its choices and says what the whole response would", async () => {
    const server = await serve();
    const whole = await ask(server, { n: 3, seed: 10 });
    const response = await post(server, { n: 3, seed: 10, stream: true });
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const events = await chunks(response);
    expect(events.slice(0, 6).map(({ choices }) => choices[0]?.index)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(events.slice(0, 3).map(({ choices }) => choices[0]?.delta.role)).toEqual(Array(3).fill("assistant"));
    expect([0, 1, 2].map((index) => contentOf(events, index))).toEqual(
      whole.choices.map(({ message }) => message.content),
    );
    const finished = events.flatMap(({ choices }) => choices).filter(({ finish_reason: reason }) => reason !== null);
    expect(finished.map(({ finish_reason: reason }) => reason)).toEqual(["stop", "stop", "stop"]);
    expect(events.some((event) => "usage" in event)).toBe(false);
  });

  it("ends with usage when asked to", async () => {
    const server = await serve();
    const { usage } = await ask(server, { n: 2, seed: 1 });
    const events = await chunks(
      await post(server, { n: 2, seed: 1, stream: true, stream_options: { include_usage: true } }),
    );
    expect(events.at(-1)).toMatchObject({ choices: [], usage });
    expect(events.slice(0, -1).every((event) => event.usage === null)).toBe(true);
  });

  it("is written in chunks of the configured size, spaced if so", async () => {
    const server = await serve({ stream: { chunkTokens: 8, chunkMs: 0.5 }, latency: { ms: 1, perTokenMs: 0.01 } });
    const whole = await ask(server, { seed: 3 });
    const events = await chunks(await post(server, { seed: 3, stream: true }));
    expect(contentOf(events, 0)).toBe(whole.choices[0]?.message.content);
    expect(events).toHaveLength(2 + Math.ceil(whole.usage.completion_tokens / 8));
  });
});
