import { expect, test } from "vitest";

import { initialsOf } from "./initials.tsx";

test.each([
  ["Marie", "M"],
  ["mon voisin", "MV"],
  ["Anne-Lise de la Tour", "AT"],
  ["  l’élève ", "LÉ"],
  ["李 小龙", "李小"],
  ["𝔐arie 2", "𝔐2"],
  ["…", ""],
])("%j is %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
