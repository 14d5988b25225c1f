import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { boxOf, type Frame, type LabelWish, placeLabels } from "./place-labels.ts";

const frame: Frame = { left: 0, top: 0, right: 500, bottom: 400 };

const wish = (text: string, x: number, y: number, isNeeded = true): LabelWish => ({
  text,
  anchors: [{ x, y, others: 0 }],
  isNeeded,
});

const overlap = (a: Frame, b: Frame): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("placeLabels", () => {
  it("puts a lonely label right of its point", () => {
    expect(placeLabels([wish("asc", 100, 100)], [{ x: 100, y: 100 }], frame)).toEqual([
      { anchor: { x: 100, y: 100, others: 0 }, dx: 9, dy: 0, textAnchor: "start", isFar: false },
    ]);
  });

  it("moves labels apart that belong to one place, as far as needed", () => {
    const wishes = Array.from({ length: 12 }, (_, place) => wish(`policy-${place}`, 250, 200));
    const boxes = placeLabels(wishes, [], frame).map((label, place) => boxOf(label!, wishes[place]!.text));
    boxes.forEach((box, place) => {
      for (const other of boxes.slice(place + 1)) expect(overlap(box, other)).toBe(false);
    });
  });

  it("stands beside a line and not on it", () => {
    const line = Array.from({ length: 40 }, (_, place) => ({ x: 100 + 5 * place, y: 200 }));
    const [label] = placeLabels([wish("asc", 100, 200)], line, frame);
    expect(label!.dy === 0 && label!.textAnchor === "start").toBe(false);
    const box = boxOf(label!, "asc");
    expect(line.some(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom)).toBe(false);
  });

  it("prefers the part of a line that is its own", () => {
    const anchors = [
      { x: 300, y: 100, others: 2 },
      { x: 200, y: 200, others: 0 },
    ];
    const [label] = placeLabels([{ text: "asc", anchors, isNeeded: true }], [], frame);
    expect(label!.anchor).toBe(anchors[1]);
  });

  it("leaves out what has no room, unless it is needed", () => {
    const crowd = Array.from({ length: 10_000 }, (_, place) => ({
      x: 5 * (place % 100),
      y: 5 * Math.floor(place / 100),
    }));
    expect(placeLabels([wish("asc", 250, 200, false)], crowd, frame)).toEqual([undefined]);
    expect(placeLabels([wish("asc", 250, 200, true)], crowd, frame)[0]).toBeDefined();
  });

  test.prop([
    fc.array(
      fc.record({
        text: fc.string({ minLength: 1, maxLength: 20 }),
        x: fc.integer({ min: 0, max: 500 }),
        y: fc.integer({ min: 0, max: 400 }),
        isNeeded: fc.boolean(),
      }),
      { maxLength: 25 },
    ),
  ])("keeps every label in the frame, and those it could leave out off all others", (marks) => {
    const wishes = marks.map(({ text, x, y, isNeeded }) => wish(text, x, y, isNeeded));
    const placed = placeLabels(wishes, marks, frame);
    const boxes = placed.map((label, place) => (label === undefined ? undefined : boxOf(label, wishes[place]!.text)));
    boxes.forEach((box, place) => {
      if (box === undefined) return;
      expect(box.left >= 0 && box.right <= 500 && box.top >= 0 && box.bottom <= 400).toBe(true);
      if (wishes[place]!.isNeeded) return;
      for (const earlier of boxes.slice(0, place)) expect(earlier !== undefined && overlap(box, earlier)).toBe(false);
    });
  });
});
