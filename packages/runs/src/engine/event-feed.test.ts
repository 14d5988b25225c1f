import { describe, expect, it } from "vitest";
import { EventFeed, type NumberedEvent } from "./event-feed.ts";
import type { RunEvent } from "./events.ts";

const warning = (message: string): RunEvent => ({ type: "warning", message });
const ended: RunEvent = { type: "run-ended", ending: "completed" };

async function all(events: AsyncIterable<NumberedEvent>): Promise<NumberedEvent[]> {
  const seen: NumberedEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe("EventFeed", () => {
  it("tells latecomers what was, and everyone what comes, until the run ends", async () => {
    const feed = new EventFeed();
    feed.emit(warning("one"));
    const [early, late] = [all(feed.after(0)), all(feed.after(1))];
    await new Promise(setImmediate);
    feed.emit(warning("two"));
    await new Promise(setImmediate);
    feed.emit(ended);
    expect((await early).map(({ cursor, event }) => [cursor, event.type])).toEqual([
      [1, "warning"],
      [2, "warning"],
      [3, "run-ended"],
    ]);
    expect((await late).map(({ cursor }) => cursor)).toEqual([2, 3]);
  });

  it("keeps a thousand, and whoever is further behind sees the gap by the numbers", async () => {
    const feed = new EventFeed();
    for (let i = 1; i <= 5000; i += 1) feed.emit(warning(String(i)));
    feed.emit(ended);
    const seen = await all(feed.after(10));
    expect(seen[0]?.cursor).toBe(5001 - 1024 + 1);
    expect(seen.at(-1)).toEqual({ cursor: 5001, event: ended });
    expect(seen).toHaveLength(1024);
  });

  it("a watcher that leaves is forgotten", async () => {
    const feed = new EventFeed();
    feed.emit(warning("one"));
    for await (const { cursor } of feed.after(0)) {
      expect(cursor).toBe(1);
      break;
    }
    feed.emit(ended);
    expect(await all(feed.after(1))).toHaveLength(1);
  });
});
