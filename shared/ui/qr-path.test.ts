import { array, assert, boolean, integer, property } from "fast-check";
import { encode } from "uqr";
import { expect, test } from "vitest";

import { qrPath } from "./qr-path.ts";

/** Fills what the path goes around, as a browser does; throws for whatever is no upright rectangle. */
function paint(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const shapes = path === "" ? [] : path.split("z").slice(0, -1);
  for (const shape of shapes) {
    const match = /^M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)$/.exec(shape);
    if (!match) throw new Error(`no rectangle: ${shape}`);
    const [x = 0, y = 0, width = 0, height = 0, back = 0] = match.slice(1).map(Number);
    if (width !== back || width === 0) throw new Error(`not closed: ${shape}`);
    for (let down = y; down < y + height; down += 1)
      for (let across = x; across < x + width; across += 1) {
        const row = rows[down];
        if (row?.[across] !== false) throw new Error(`outside, or painted twice: ${shape}`);
        row[across] = true;
      }
  }
  return rows;
}

const LINK = `https://epaule.example/i/${"a".repeat(22)}#1.${"B".repeat(22)}.${"c".repeat(43)}`;

test.each(["", "A", LINK, "é".repeat(300)])(
  "the path of %j paints the code's own modules",
  (text) => {
    const { size, data } = encode(text, { ecc: "M", border: 3 });
    expect(data.flat().filter(Boolean).length).toBeGreaterThan(100);
    expect(paint(qrPath(data), size)).toEqual(data);
  },
);

test("the quiet zone stays light on all four sides", () => {
  const { size, data } = encode(LINK, { ecc: "M", border: 3 });
  const painted = paint(qrPath(data), size);
  const isEdge = (at: number) => at < 3 || at >= size - 3;
  const edge = painted.flatMap((row, y) => row.filter((_, x) => isEdge(y) || isEdge(x)));
  expect(edge.length).toBeGreaterThan(0);
  expect(edge).not.toContain(true);
});

test("any grid comes back from its path", () => {
  const grids = integer({ min: 0, max: 12 }).chain((size) =>
    array(array(boolean(), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  );
  assert(
    property(grids, (grid) => {
      expect(paint(qrPath(grid), grid.length)).toEqual(grid);
    }),
  );
});
