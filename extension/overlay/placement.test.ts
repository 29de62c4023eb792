import { describe, expect, test } from "vitest";

import { type Box, overlaps, type Place, placeBubble } from "./placement.ts";

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

  describe("over a target that leaves no room beside it", () => {
    const all = box(0, 0, 1000, 700);
    const boxOf = (place: Place) => box(place.left, place.top, BUBBLE.width, BUBBLE.height);

    test("it stands at an edge, clear of the banner and of the target's middle", () => {
      const banner = box(300, 600, 400, 60);
      const place = placeBubble(all, BUBBLE, VIEW, [banner]);
      expect(place.side).toBe("apart");
      expect(overlaps(boxOf(place), banner)).toBe(false);
      expect(overlaps(boxOf(place), box(400, 280, 200, 140))).toBe(false);
    });

    test("it hides none of the words while there is a place without", () => {
      const words = [box(0, 0, 1000, 300), box(0, 420, 600, 280), box(600, 500, 400, 200)];
      const place = placeBubble(all, BUBBLE, VIEW, [], () => words);
      for (const one of words) expect(overlaps(boxOf(place), one)).toBe(false);
    });

    test("it hides as few as can be where words are everywhere", () => {
      const words = [all, box(0, 0, 1000, 200), box(0, 300, 1000, 400)];
      const place = placeBubble(all, BUBBLE, VIEW, [], () => words);
      expect(place.top).toBeGreaterThanOrEqual(200);
      expect(place.top + BUBBLE.height).toBeLessThanOrEqual(300);
    });

    test("it stays where it is while no place is better", () => {
      const before = placeBubble(all, BUBBLE, VIEW, []);
      const words = [box(400, 600, 200, 100)];
      expect(placeBubble(all, BUBBLE, VIEW, [], () => words, before)).toEqual(before);
      const over = [boxOf(before)];
      expect(placeBubble(all, BUBBLE, VIEW, [], () => over, before)).not.toEqual(before);
    });

    test("in a window that is smaller than itself it begins at the edge", () => {
      const place = placeBubble(box(0, 0, 200, 60), BUBBLE, { width: 200, height: 60 }, []);
      expect(place).toMatchObject({ side: "apart", left: 8, top: 8 });
    });
  });
});
