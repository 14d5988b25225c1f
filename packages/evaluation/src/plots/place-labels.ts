/** In pixels, y downwards. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Anchor extends Spot {
  /** How many others come so close that the label might be taken for theirs. */
  readonly others: number;
}

export interface LabelWish {
  /** As shown. */
  readonly text: string;
  /** What the label may stand beside, best first. */
  readonly anchors: readonly Anchor[];
  /** Shown in the best place there is, however crowded; others are left out where there is no room. */
  readonly isNeeded: boolean;
}

export interface PlacedLabel {
  readonly anchor: Spot;
  /** From the anchor to the text's end, middle or start. */
  readonly dx: number;
  readonly dy: number;
  readonly textAnchor: "start" | "middle" | "end";
  /** Too far from its anchor to be understood without a line between them. */
  readonly isFar: boolean;
}

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Offset = Omit<PlacedLabel, "anchor">;

/** Of a semi-bold letter at 12 px in a wide font: rather too much than too little. */
export const letterWidthPx = 7.4;
const halfHeightPx = 7;
/** Between a label and its neighbour. */
const gapPx = 4;

const near: readonly Offset[] = [
  { dx: 9, dy: 0, textAnchor: "start", isFar: false },
  { dx: 0, dy: -13, textAnchor: "middle", isFar: false },
  { dx: 0, dy: 13, textAnchor: "middle", isFar: false },
  { dx: -9, dy: 0, textAnchor: "end", isFar: false },
  { dx: 7, dy: -11, textAnchor: "start", isFar: false },
  { dx: 7, dy: 11, textAnchor: "start", isFar: false },
  { dx: -7, dy: -11, textAnchor: "end", isFar: false },
  { dx: -7, dy: 11, textAnchor: "end", isFar: false },
];
const far: readonly Offset[] = [26, 40, 54, 68].flatMap((away): Offset[] => [
  { dx: 14, dy: away, textAnchor: "start", isFar: true },
  { dx: 14, dy: -away, textAnchor: "start", isFar: true },
  { dx: -14, dy: away, textAnchor: "end", isFar: true },
  { dx: -14, dy: -away, textAnchor: "end", isFar: true },
]);
const offsets: readonly Offset[] = [...near, ...far];

/**
 * Where each label stands, one for each wish: in the frame, off the other labels and, as far as that goes, off what is drawn.
 * Wishes are met in their order.
 *
 * @param drawn points of marks and lines, close enough that no label fits between two of a line
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  drawn: readonly Spot[],
  frame: Frame,
): (PlacedLabel | undefined)[] {
  const taken: Frame[] = [];
  return wishes.map(({ text, anchors, isNeeded }) => {
    let best: { readonly label: PlacedLabel; readonly box: Frame; readonly cost: number } | undefined;
    anchors.forEach((anchor, anchorRank) => {
      offsets.forEach((offset, offsetRank) => {
        const label = { anchor, ...offset };
        const box = boxOf(label, text);
        if (!isInside(box, frame)) return;
        const hidden = taken.filter((other) => overlap(box, other)).length;
        const crossed = drawn.filter((spot) =>
          isInside({ left: spot.x, right: spot.x, top: spot.y, bottom: spot.y }, box),
        );
        if (!isNeeded && (hidden > 0 || crossed.length > 0)) return;
        const cost = 1000 * hidden + 10 * crossed.length + offsetRank + 2 * anchorRank + 15 * anchor.others;
        if (best === undefined || cost < best.cost) best = { label, box, cost };
      });
    });
    if (best === undefined) return undefined;
    taken.push(best.box);
    return best.label;
  });
}

export function boxOf({ anchor, dx, dy, textAnchor }: PlacedLabel, text: string): Frame {
  const width = letterWidthPx * text.length;
  const at = anchor.x + dx;
  const left = textAnchor === "start" ? at : textAnchor === "end" ? at - width : at - width / 2;
  const middle = anchor.y + dy;
  return { left, right: left + width, top: middle - halfHeightPx, bottom: middle + halfHeightPx };
}

const isInside = (inner: Frame, outer: Frame): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

const overlap = (a: Frame, b: Frame): boolean =>
  a.left < b.right + gapPx && b.left < a.right + gapPx && a.top < b.bottom && b.top < a.bottom;
