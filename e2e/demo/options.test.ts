import { expect, test } from "vitest";

import { parseDemoOptions } from "./options.ts";

test("without flags: our own pages, a visible browser, 1280 by 800", () => {
  expect(parseDemoOptions([])).toEqual({
    url: undefined,
    map: new Map(),
    consentHosts: [],
    viewport: { width: 1280, height: 800 },
    headless: false,
    json: false,
  });
});

test("repeatable flags are all kept", () => {
  const flags =
    "--url https://www.exemple.example/page --headless --json --viewport 1024x768 " +
    "--map www.exemple.example=8443 --map cdn.exemple.example=8444 " +
    "--consent-host connexion.exemple.example";
  const options = parseDemoOptions(flags.split(" "));
  expect(options.map).toEqual(
    new Map([
      ["www.exemple.example", 8443],
      ["cdn.exemple.example", 8444],
    ]),
  );
  expect(options.consentHosts).toEqual(["connexion.exemple.example"]);
  expect(options.viewport).toEqual({ width: 1024, height: 768 });
  expect(options.json && options.headless).toBe(true);
});

test.each([
  ["--url", "http://www.exemple.example/"],
  ["--url", "https://www.exemple.example:8443/"],
  ["--map", "www.exemple.example"],
  ["--map", "www.exemple.example=99999"],
  ["--consent-host", "https://www.exemple.example"],
  ["--viewport", "large"],
  ["--unknown", "flag"],
])("%s %s is refused with a sentence", (flag, value) => {
  expect(() => parseDemoOptions([flag, value])).toThrow(Error);
});
