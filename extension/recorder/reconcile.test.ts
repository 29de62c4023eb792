import { expect, test } from "vitest";

import { reconcile } from "./reconcile.ts";

test("what a snapshot has told is taken away from where it told it", () => {
  const event = {
    type: 3,
    timestamp: 1,
    data: {
      source: 0,
      texts: [],
      attributes: [],
      removes: [
        // moved from 1 to 4 before the snapshot met it there
        { parentId: 1, id: 9 },
        // gone before the snapshot met it
        { parentId: 1, id: 8 },
        // gone for good
        { parentId: 1, id: 3 },
      ],
      adds: [
        { parentId: 1, nextId: null, node: { type: 2, id: 5 } },
        { parentId: 5, nextId: null, node: { type: 3, id: 6 } },
        { parentId: 1, nextId: null, node: { type: 2, id: 7 } },
        { parentId: 4, nextId: null, node: { type: 2, id: 9 } },
      ],
    },
  };
  const told = new Map([
    [3, 1],
    [5, -1],
    [6, 5],
    [9, 4],
  ]);
  expect(reconcile(event, told).data).toMatchObject({
    removes: [
      { parentId: 4, id: 9 },
      { parentId: 5, id: 6 },
      { parentId: 1, id: 5, isShadow: true },
      { parentId: 1, id: 3 },
    ],
    adds: event.data.adds,
  });
});

test("other events stay as they are", () => {
  const event = { type: 3, timestamp: 1, data: { source: 3, id: 1, x: 0, y: 0 } };
  expect(reconcile(event, new Map())).toBe(event);
});
