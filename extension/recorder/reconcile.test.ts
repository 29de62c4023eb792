import { expect, test } from "vitest";

import { withoutDoubles } from "./reconcile.ts";

test("what a snapshot has told already is taken away before it is added again", () => {
  const event = {
    type: 3,
    timestamp: 1,
    data: {
      source: 0,
      texts: [],
      attributes: [],
      removes: [{ parentId: 1, id: 9 }],
      adds: [
        { parentId: 1, nextId: null, node: { type: 2, id: 5 } },
        { parentId: 5, nextId: null, node: { type: 3, id: 6 } },
        { parentId: 1, nextId: null, node: { type: 2, id: 7 } },
        { parentId: 2, nextId: null, node: { type: 2, id: 9 } },
      ],
    },
  };
  const told = new Map([
    [5, 1],
    [6, 5],
    [9, 1],
  ]);
  expect(withoutDoubles(event, told).data).toMatchObject({
    removes: [
      { parentId: 1, id: 9 },
      { parentId: 5, id: 6 },
      { parentId: 1, id: 5 },
    ],
    adds: event.data.adds,
  });
  expect(withoutDoubles(event, new Map())).toBe(event);
});
