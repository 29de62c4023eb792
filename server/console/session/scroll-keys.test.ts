import { expect, test } from "vitest";

import { scrollStepFor } from "./scroll-keys.ts";

const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test.each([
  ["ArrowDown", { x: 0, y: 1, by: "line" }],
  ["ArrowLeft", { x: -1, y: 0, by: "line" }],
  ["PageUp", { x: 0, y: -1, by: "page" }],
  ["End", { x: 0, y: 1, by: "end" }],
  ["Tab", undefined],
  ["toString", undefined],
])("%s", (key, step) => {
  expect(scrollStepFor({ ...none, key })).toEqual(step);
});

test("a key of the browser's own stays the browser's", () => {
  expect(scrollStepFor({ ...none, key: "ArrowLeft", altKey: true })).toBeUndefined();
});
