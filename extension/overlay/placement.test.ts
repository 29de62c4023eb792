import { describe, expect, test } from "vitest";

import { type Box, overlaps, placeBubble } from "./placement.ts";

const VIEW = { width: 1000, height: 700 };
const BUBBLE = { width: 300, height: 80 };
const box = (left: number, top: number, width: number, height: number): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe("[V3] the bubble", () => {
  test.each([
    ["top left", box(0, 0, 80, 30), "below"],
    ["middle", box(400, 300, 100, 40), "below"],
    ["bottom", box(400, 640, 100, 40), "above"],
    ["a tall column on the left", box(0, 0, 200, 700), "right"],
    ["a tall column on the right", box(800, 0, 200, 700), "left"],
  ])("%s: in sight and beside its target", (_where, target, side) => {
    const place = placeBubble(target, BUBBLE, VIEW, []);
    expect(place.side).toBe(side);
    const bubble = box(place.left, place.top, BUBBLE.width, BUBBLE.height);
    expect(overlaps(bubble, target)).toBe(false);
    expect(overlaps(bubble, box(0, 0, 1000, 700))).toBe(true);
    expect(bubble.left >= 0 && bubble.top >= 0).toBe(true);
    expect(bubble.right <= VIEW.width && bubble.bottom <= VIEW.height).toBe(true);
  });

  test("it also leaves the banner free where it can", () => {
    const banner = box(300, 600, 400, 60);
    const place = placeBubble(box(400, 520, 100, 40), BUBBLE, VIEW, [banner]);
    expect(place.side).toBe("above");
  });

  test("over a target as large as the window it stands in a corner", () => {
    const place = placeBubble(box(0, 0, 1000, 700), BUBBLE, VIEW, []);
    expect(place).toMatchObject({ side: "apart", left: 8, top: 8 });
  });
});
