import { expect, test } from "vitest";

import { createStrokeBatch, type Point } from "./stroke-batch.ts";

function setUp() {
  const batches: { points: Point[]; last: boolean }[] = [];
  const batch = createStrokeBatch((points, last) => batches.push({ points, last }));
  return { batch, batches };
}

test("points are handed over at the given pace, each batch joined to the one before", () => {
  const { batch, batches } = setUp();
  batch.add(0, 0);
  batch.add(10, 0);
  batch.flush();
  batch.add(20, 0);
  batch.flush();
  batch.end();
  expect(batches).toEqual([
    {
      points: [
        [0, 0],
        [10, 0],
      ],
      last: false,
    },
    {
      points: [
        [10, 0],
        [20, 0],
      ],
      last: false,
    },
    { points: [[20, 0]], last: true },
  ]);
});

test("nothing new, nothing said; a pause in the hand is not an end", () => {
  const { batch, batches } = setUp();
  batch.add(0, 0);
  batch.flush();
  batch.flush();
  expect(batches).toHaveLength(1);
});

test("steps too small to see are left out", () => {
  const { batch, batches } = setUp();
  batch.add(0, 0);
  batch.add(0.5, 0.5);
  batch.end();
  expect(batches).toEqual([{ points: [[0, 0]], last: true }]);
});

test("[V1] a batch never holds more than the protocol allows", () => {
  const { batch, batches } = setUp();
  for (let x = 0; x < 1000; x += 1) batch.add(x * 3, 0);
  batch.end();
  expect(Math.max(...batches.map(({ points }) => points.length))).toBeLessThanOrEqual(200);
  expect(batches.at(-1)?.last).toBe(true);
});

test("a stroke begins afresh", () => {
  const { batch, batches } = setUp();
  batch.add(0, 0);
  batch.end();
  batch.add(500, 500);
  batch.end();
  expect(batches.at(-1)).toEqual({ points: [[500, 500]], last: true });
});

test("places that no message could carry are bounded", () => {
  const { batch, batches } = setUp();
  batch.add(1e9, -1e9);
  batch.end();
  expect(batches[0]?.points).toEqual([[1e6, -1e6]]);
});
