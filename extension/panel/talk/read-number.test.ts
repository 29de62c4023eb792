import { expect, test } from "vitest";

import { readNumber } from "./read-number.ts";

test.each([
  [" 06 12 34 56 78 ", "06 12 34 56 78"],
  ["06.12.34.56.78", "06.12.34.56.78"],
  ["+33 6 12 34 56 78", "+33 6 12 34 56 78"],
  ["06\u00a012\u202f34  56 78", "06 12 34 56 78"],
  ["(06) 12/34 56 78", "06 12 34 56 78"],
])("%s is a number", (text, number) => {
  expect(readNumber(text)).toBe(number);
});

test.each(["", "12", "mon numéro", "06 12 34 56 78 poste 4", "https://exemple.fr", "1".repeat(30)])(
  "%s is none",
  (text) => {
    expect(readNumber(text)).toBeUndefined();
  },
);
