import { expect, test } from "vitest";

import { fill, OVERLAY_WORDS } from "./words.ts";

function flatten(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, `${path}.${key}`));
}

function places(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}

test("both languages say the same things, with the same places to fill", () => {
  const french = new Map(flatten(OVERLAY_WORDS.fr));
  const english = new Map(flatten(OVERLAY_WORDS.en));
  expect([...english.keys()]).toEqual([...french.keys()]);
  for (const [key, text] of french) {
    expect(text).not.toBe("");
    expect(places(english.get(key) ?? "")).toEqual(places(text));
  }
});

test("a name is filled in as it is", () => {
  expect(fill("{who} voit cette page", { who: "<b>Zoé</b>" })).toBe("<b>Zoé</b> voit cette page");
  expect(
    fill("{who} vous montre : {name}. {text}", { who: "Zoé", name: "Envoyer", text: "" }),
  ).toBe("Zoé vous montre : Envoyer.");
});
