import { expect, test } from "vitest";

import { createNotice } from "./notice.ts";
import { playerWords } from "./words.ts";

test("a notice is in the console's language, also when that changes while it is shown", () => {
  const element = { textContent: "", hidden: true };
  let language: "fr" | "en" = "fr";
  const notice = createNotice(element, () => playerWords[language]);
  notice.write();
  expect(element.hidden).toBe(true);
  notice.show("cut");
  expect(element).toEqual({ textContent: playerWords.fr.notices.cut, hidden: false });
  language = "en";
  notice.write();
  expect(element).toEqual({ textContent: playerWords.en.notices.cut, hidden: false });
  notice.hide();
  language = "fr";
  notice.write();
  expect(element.hidden).toBe(true);
});
