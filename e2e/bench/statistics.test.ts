import { expect, test } from "vitest";

import { compare, percentile } from "./statistics.ts";

test("percentiles are values that were measured", () => {
  const values = [5, 1, 4, 2, 3];
  expect(percentile(values, 0.5)).toBe(3);
  expect(percentile(values, 0.95)).toBe(5);
  expect(percentile([7], 0.5)).toBe(7);
});

test("a ratio below 1 means that ours is smaller", () => {
  const theirs = { name: "plain rrweb", value: 200 };
  expect(compare("key frame", "bytes", 50, theirs)).toEqual({
    name: "key frame",
    value: 50,
    unit: "bytes",
    ratio: 0.25,
    against: "plain rrweb: 200 bytes",
  });
  expect(compare("alone", "ms", 3, undefined)).toEqual({ name: "alone", value: 3, unit: "ms" });
});

test("beside nothing there is no ratio", () => {
  expect(compare("lost", "%", 1.5, { name: "quiet", value: 0 })).toEqual({
    name: "lost",
    value: 1.5,
    unit: "%",
    against: "quiet: 0 %",
  });
});
