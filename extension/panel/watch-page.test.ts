import { expect, test } from "vitest";

import { pageState } from "./watch-page.ts";

test("only https pages on their usual port can be shown", () => {
  expect(pageState("https://impots.exemple.fr/a?b#c")).toEqual({
    is: "fit",
    host: "impots.exemple.fr",
  });
  for (const url of ["http://impots.exemple.fr/", "https://impots.exemple.fr:8443/", "file:///a"])
    expect(pageState(url)).toEqual({ is: "refused" });
});

test("an address that the browser keeps to itself is unknown, not refused", () => {
  expect(pageState(undefined)).toEqual({ is: "unknown" });
});
