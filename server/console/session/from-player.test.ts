import { expect, test } from "vitest";

import { parseFromPlayer } from "./from-player.ts";

const document = "D".repeat(22);
const element = { document, node: 4, role: "Bouton", name: "Envoyer" };
const anchor = { document, node: 4, x: 0.5, y: 1 };

test.each([
  { type: "ready" },
  { type: "hover", element: null },
  { type: "pick", anchor, element },
  { type: "point", anchor: null },
  { type: "stroke", document, points: [[1, 2]], last: true },
  { type: "elements", elements: [element] },
])("what our player says is heard: %j", (message) => {
  expect(parseFromPlayer(message)).toEqual(message);
});

test.each([
  null,
  "ready",
  { type: "session.end" },
  { type: "ready", more: 1 },
  { type: "pick", anchor: { ...anchor, x: 2 }, element },
  { type: "pick", anchor, element: { ...element, name: "x".repeat(1000) } },
  { type: "pick", anchor: { ...anchor, document: "../" }, element },
  { type: "point", anchor: { ...anchor, node: -1 } },
  { type: "stroke", document, points: [], last: true },
  { type: "stroke", document, points: [[1e9, 0]], last: true },
  { type: "stroke", document, points: Array.from({ length: 201 }, () => [0, 0]), last: true },
])("anything else is not: %j", (message) => {
  expect(parseFromPlayer(message)).toBeUndefined();
});
