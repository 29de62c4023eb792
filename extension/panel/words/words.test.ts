import { describe, expect, test } from "vitest";

import { ERROR_CODES } from "../../../shared/errors.ts";
import { endReasonSchema, pauseReasonSchema } from "../../../shared/protocol/control.ts";
import { uiWords } from "../../../shared/ui/words.ts";
import { en } from "../../locales/en.ts";
import { fr } from "../../locales/fr.ts";
import { END_WORDS, HOLD_WORDS, NOTICE_WORDS, PROBLEM_WORDS } from "./word-keys.ts";

type Catalogue = { readonly [key: string]: string | Catalogue };
const CATALOGUES: readonly [string, Catalogue][] = [
  ["fr", fr],
  ["en", en],
];

function pathsOf(catalogue: Catalogue, before = ""): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]) =>
      typeof value === "string" ? [[before + key, value]] : [...pathsOf(value, `${before}${key}.`)],
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "").toSorted();
}

test("both languages say the same things, with the same names in them", () => {
  const [french, english] = [pathsOf(fr), pathsOf(en)];
  expect([...english.keys()].toSorted()).toEqual([...french.keys()].toSorted());
  for (const [path, text] of french)
    expect([path, placeholders(english.get(path) ?? "")]).toEqual([path, placeholders(text)]);
});

describe.each(CATALOGUES)("%s", (language, catalogue) => {
  const words = pathsOf(catalogue);

  test("no sentence is empty, and none says what we never say", () => {
    for (const [path, text] of words) {
      expect([path, text.trim()]).not.toEqual([path, ""]);
      expect(text).not.toMatch(
        /mandat|session|relais|token|chiffr(?!e)|France ?Connect|République/i,
      );
    }
  });

  test("every reason of an end and of a pause has words", () => {
    for (const reason of endReasonSchema.options) expect(words.get(END_WORDS[reason])).toBeTruthy();
    for (const reason of pauseReasonSchema.options)
      expect(words.get(HOLD_WORDS[reason])).toBeTruthy();
  });

  test("every problem of a pairing and every notice has words", () => {
    for (const key of [...Object.values(PROBLEM_WORDS), ...Object.values(NOTICE_WORDS)])
      expect(words.get(key)).toBeTruthy();
  });

  test("every error code has words", () => {
    const errors = language === "fr" ? uiWords.fr.error : uiWords.en.error;
    for (const code of ERROR_CODES) expect(errors[code]).toBeTruthy();
  });
});

test("French keeps its double signs on the line of their word", () => {
  for (const [path, text] of pathsOf(fr))
    expect([path, text.match(/(?: [?!;:»]|« )/g)]).toEqual([path, null]);
});
