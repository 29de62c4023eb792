import { expect, test } from "vitest";

import { createByteBudget } from "./rate.ts";

const MIB = 1024 * 1024;

test("[R5] 16 MiB at once, not a byte more", () => {
  const budget = createByteBudget(0);
  expect(budget.take(16 * MIB, 0)).toBe(true);
  expect(budget.take(1, 0)).toBe(false);
});

test("[R5] then 1 MiB a second", () => {
  const budget = createByteBudget(0);
  budget.take(16 * MIB, 0);
  for (let second = 1; second <= 30; second += 1)
    expect(budget.take(MIB, second * 1000)).toBe(true);
  expect(budget.take(MIB, 30_999)).toBe(false);
});

test("[R5] rest gives back no more than one burst, and a clock that goes back gives nothing", () => {
  const budget = createByteBudget(0);
  budget.take(16 * MIB, 0);
  expect(budget.take(16 * MIB, 3_600_000)).toBe(true);
  expect(budget.take(1, 0)).toBe(false);
});

test("[R5] what is small counts as 1 KiB", () => {
  const budget = createByteBudget(0);
  for (let times = 0; times < 16 * 1024; times += 1) expect(budget.take(14, 0)).toBe(true);
  expect(budget.take(14, 0)).toBe(false);
});
