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

/** Where the bubble stands: beside its target, in sight, clear of `taken`, and never over the target. */
export function placeBubble(target: Box, bubble: Size, view: Size, taken: readonly Box[]): Place {
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

  // A target as large as the window: the corner that covers least of it.
  const corners: Place[] = [EDGE, view.width - bubble.width - EDGE].flatMap((left) =>
    [EDGE, view.height - bubble.height - EDGE].map((top) => ({
      side: "apart" as const,
      left,
      top,
    })),
  );
  const covered = ({ left, top }: Place): number => {
    const common = intersect(boxAt(left, top, bubble), target);
    return common === undefined ? 0 : (common.right - common.left) * (common.bottom - common.top);
  };
  return (
    corners.toSorted((one, other) => covered(one) - covered(other))[0] ?? {
      side: "apart",
      left: EDGE,
      top: EDGE,
    }
  );
}
