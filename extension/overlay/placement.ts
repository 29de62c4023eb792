/** Where things go on the screen; pure. */
export type Box = { left: number; top: number; right: number; bottom: number };
export type Size = { width: number; height: number };

const GAP = 14;
const EDGE = 8;

export function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

export function intersect(one: Box, other: Box): Box | undefined {
  const box = {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
  return box.left < box.right && box.top < box.bottom ? box : undefined;
}

const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, Math.max(low, high)));

type Side = "below" | "above" | "right" | "left" | "apart";
export type Place = { left: number; top: number; side: Side };

const boxAt = (left: number, top: number, size: Size): Box => ({
  left,
  top,
  right: left + size.width,
  bottom: top + size.height,
});

/**
 * Where the bubble stands: beside its target, in sight, clear of `taken`. Only a target that leaves
 * no room beside it has it over itself, where it hides least of its `contents`. `before`: where it
 * stood.
 */
export function placeBubble(
  target: Box,
  bubble: Size,
  view: Size,
  taken: readonly Box[],
  contents: () => readonly Box[] = () => [],
  before?: Place,
): Place {
  const middleX = clamp(
    (target.left + target.right - bubble.width) / 2,
    EDGE,
    view.width - bubble.width - EDGE,
  );
  const middleY = clamp(
    (target.top + target.bottom - bubble.height) / 2,
    EDGE,
    view.height - bubble.height - EDGE,
  );
  const sides: Place[] = [
    { side: "below", left: middleX, top: target.bottom + GAP },
    { side: "above", left: middleX, top: target.top - GAP - bubble.height },
    { side: "right", left: target.right + GAP, top: middleY },
    { side: "left", left: target.left - GAP - bubble.width, top: middleY },
  ];
  const inside: Box = { left: 0, top: 0, right: view.width, bottom: view.height };
  const fits = ({ left, top }: Place): boolean => {
    const box = boxAt(left, top, bubble);
    return (
      box.left >= inside.left &&
      box.top >= inside.top &&
      box.right <= inside.right &&
      box.bottom <= inside.bottom
    );
  };
  const free = ({ left, top }: Place): boolean =>
    taken.every((box) => !overlaps(boxAt(left, top, bubble), box));
  const found = sides.find((place) => fits(place) && free(place)) ?? sides.find(fits);
  if (found !== undefined) return found;

  return placeApart(target, bubble, view, [...taken, ...contents()], before);
}

const STEPS = 6;

const areaOf = (box: Box | undefined): number =>
  box === undefined ? 0 : (box.right - box.left) * (box.bottom - box.top);

/** The middle of a target, where a picture says what it is. */
function middleOf({ left, top, right, bottom }: Box): Box {
  const width = (right - left) / 5;
  const height = (bottom - top) / 5;
  return {
    left: left + width * 2,
    top: top + height * 2,
    right: right - width * 2,
    bottom: bottom - height * 2,
  };
}

/** Over a target that leaves no room beside it: where the least of `kept` and of its middle is hidden. */
function placeApart(
  target: Box,
  bubble: Size,
  view: Size,
  kept: readonly Box[],
  before: Place | undefined,
): Place {
  const free = [...kept, middleOf(target)];
  const hidden = ({ left, top }: Place): number => {
    const box = boxAt(left, top, bubble);
    return free.reduce((sum, one) => sum + areaOf(intersect(box, one)), 0);
  };
  const right = Math.max(EDGE, view.width - bubble.width - EDGE);
  const bottom = Math.max(EDGE, view.height - bubble.height - EDGE);
  let best: Place = { side: "apart", left: right, top: EDGE };
  let least = hidden(best);
  // From the edges inwards, and from the right: lines begin at the left.
  for (const row of [0, 6, 1, 5, 2, 4, 3])
    for (const column of [6, 0, 5, 1, 4, 2, 3]) {
      const place: Place = {
        side: "apart",
        left: EDGE + ((right - EDGE) * column) / STEPS,
        top: EDGE + ((bottom - EDGE) * row) / STEPS,
      };
      const area = hidden(place);
      if (area >= least) continue;
      least = area;
      best = place;
    }
  // It stays where it is while that is as good: words that hop cannot be read.
  const stays =
    before?.side === "apart" &&
    before.left <= right &&
    before.top <= bottom &&
    hidden(before) <= least;
  return stays ? before : best;
}
