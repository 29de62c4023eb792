import { expect, test } from "vitest";

import { personNameSchema } from "./control.ts";

test.each<[string, string, boolean]>([
  ["plain", "Marie-Hélène d’Arc", true],
  ["Arabic", "فاطمة الزهراء", true],
  ["Persian, with its joiners", "امیر\u200cحسین", true],
  ["Tamil, with its marks", "தமிழ்ச்செல்வி", true],
  ["Chinese", "王小明", true],
  ["with a number", "Marie 2", true],
  ["turned around", "\u202eeiraM", false],
  ["isolated", "Marie\u2066 \u2069", false],
  ["two lines", "Marie\nVérifiée par l’État", false],
  ["a line separator", "Marie\u2028Vérifiée", false],
  ["with a tab", "Marie\tD.", false],
  ["with what nobody sees", "Ma\u200brie", false],
  ["soft hyphen", "Ma\u00adrie", false],
  ["tag letters", "Marie\u{e0041}", false],
  ["nothing but joiners", "\u200d\u200d", false],
  ["nothing but a filler", "\u3164", false],
  ["nothing but blank braille", "\u2800", false],
  ["nothing but marks", "\u0301\u0301", false],
  ["nothing but signs", "✔✔", false],
])("[P7] a name %s: %j is one: %s", (_, name, good) => {
  expect(personNameSchema.safeParse(name).success).toBe(good);
});
