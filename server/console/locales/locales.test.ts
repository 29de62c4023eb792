import { expect, test } from "vitest";

import { en } from "./en.ts";
import { fr } from "./fr.ts";

type Words = { readonly [key: string]: string | Words };

function flatten(words: Words, path = ""): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, word]) =>
      typeof word === "string" ? [[path + key, word]] : [...flatten(word, `${path}${key}.`)],
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "").toSorted();
}

test("the two languages say the same things", () => {
  expect([...flatten(en).keys()]).toEqual([...flatten(fr).keys()]);
});

test("the two languages name the same persons and numbers", () => {
  const english = flatten(en);
  for (const [key, text] of flatten(fr))
    expect([key, new Set(placeholders(english.get(key) ?? ""))]).toEqual([
      key,
      new Set(placeholders(text)),
    ]);
});

test("no word is empty, and none speaks of a mandate", () => {
  const all = [...flatten(fr), ...flatten(en)];
  expect(all.filter(([, text]) => text.trim() === "" || /mandat/i.test(text))).toEqual([]);
});
