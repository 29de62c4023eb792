import { expect, test } from "vitest";

import { keysInWords } from "./key-names.ts";

test.each([
  ["Alt+Shift+S", "Alt, Maj et S", "Alt, Shift, and S"],
  ["Alt+Maj+S", "Alt, Maj et S", "Alt, Shift, and S"],
  ["⌥⇧S", "Option, Maj et S", "Option, Shift, and S"],
  ["Ctrl+F9", "Ctrl et F9", "Ctrl and F9"],
])("%s is said in words", (shortcut, french, english) => {
  expect(keysInWords(shortcut, "fr")).toBe(french);
  expect(keysInWords(shortcut, "en")).toBe(english);
});
