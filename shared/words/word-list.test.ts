import { expect, test } from "vitest";

import { WORDS, wordAt } from "./word-list.ts";

test("[P4] 1,024 plain words of 4 to 9 letters, in order, each once", () => {
  expect(WORDS).toHaveLength(1024);
  expect(new Set(WORDS).size).toBe(1024);
  expect(WORDS.filter((word) => !/^[a-z]{4,9}$/.test(word))).toEqual([]);
  expect(WORDS).toEqual([...WORDS].toSorted());
});

test("[P4] the first four letters tell a word", () => {
  expect(new Set(WORDS.map((word) => word.slice(0, 4))).size).toBe(1024);
});

test("[P4] no word becomes another by one letter more, less or changed, or two exchanged", () => {
  const alike = WORDS.flatMap((word, at) =>
    WORDS.slice(at + 1)
      .filter((other) => isOneEditAway(word, other))
      .map((other) => `${word} ${other}`),
  );
  expect(alike).toEqual([]);
});

test("[P4] there is no word outside of the list", () => {
  expect(wordAt(0)).toBe(WORDS[0]);
  expect(() => wordAt(1024)).toThrow("no word 1024");
});

function isOneEditAway(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [a, b] = [left.slice(start), right.slice(start)];
  return (
    a.slice(1) === b.slice(1) ||
    a === b.slice(1) ||
    a.slice(1) === b ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}
