import { expect, test } from "vitest";

import { formatInvitation } from "./code-format.ts";

function type(text: string): string {
  let shown = "";
  for (const letter of text) shown = formatInvitation(shown, shown + letter);
  return shown;
}

test("a code that is typed is shown in two groups of four", () => {
  expect(type("12345678")).toBe("1234 5678");
  expect(type("1234 5678")).toBe("1234 5678");
  expect(type("1234")).toBe("1234");
  expect(type("12345")).toBe("1234 5");
});

test.each(["12345678", "1234-5678", "12 34 56 78", "1234\u00a05678", "1234.5678"])(
  "so is one that is pasted: %j",
  (pasted) => {
    expect(formatInvitation("", pasted)).toBe("1234 5678");
  },
);

test("what is taken away stays away", () => {
  expect(formatInvitation("1234 5", "1234 ")).toBe("1234 ");
  expect(formatInvitation("1234 ", "1234")).toBe("1234");
  expect(formatInvitation("1234 5678", "1234 567")).toBe("1234 567");
  expect(formatInvitation("1234 5678", "134 5678")).toBe("134 5678");
  expect(formatInvitation("1234", "")).toBe("");
});

test.each(["https://epaule.example/i/abc#d.e", "bonjour", "123456789", "1234 5678 9"])(
  "anything else stays as it is: %j",
  (text) => {
    expect(formatInvitation("", text)).toBe(text);
  },
);
