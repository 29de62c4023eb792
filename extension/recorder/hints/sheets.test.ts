import { expect, test, vi } from "vitest";

import { changeBetween } from "./sheets.ts";

// Before the other imports: they read the prototypes.
await vi.hoisted(() => import("../testing/fake-dom.ts"));

const rules = (text: string): { text: string }[] => Array.from(text, (rule) => ({ text: rule }));
const change = (before: string, after: string) => {
  const found = changeBetween(rules(before), rules(after));
  return found && [found.from, found.removed, found.added.map(({ text }) => text).join("")];
};

test.each([
  ["abc", "abc", undefined],
  ["", "a", [0, 0, "a"]],
  ["abc", "abXc", [2, 0, "X"]],
  ["abc", "ac", [1, 1, ""]],
  ["abc", "aXYc", [1, 1, "XY"]],
  ["aaa", "aaaa", [3, 0, "a"]],
  ["abc", "", [0, 3, ""]],
])("%s → %s", (before, after, expected) => {
  expect(change(before, after)).toEqual(expected);
});
