import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

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
  ["--map", "www.exemple.example 127.0.0.1=1"],
  ["--consent-host", "https://www.exemple.example"],
  ["--viewport", "large"],
  ["--viewport", "1280x80000"],
  ["--unknown", "flag"],
])("%s %s is refused with a sentence", (flag, value) => {
  expect(() => parseDemoOptions([flag, value])).toThrow(Error);
});

test("hosts are names, whatever their case, and no more than a consent may name", () => {
  const flags = "--map WWW.Exemple.example=8443 --consent-host Connexion.exemple.example";
  const options = parseDemoOptions(flags.split(" "));
  expect(options.map.get("www.exemple.example")).toBe(8443);
  expect(options.consentHosts).toEqual(["connexion.exemple.example"]);
  const ten = Array.from({ length: 10 }, (_, at) => `--consent-host=h${at}.exemple.example`);
  expect(() => parseDemoOptions(ten)).toThrow(/9 hosts at most/);
});

test("a flag that there is not is answered with those that there are", () => {
  expect(() => parseDemoOptions(["--wrong"])).toThrow(
    /^Unknown option '--wrong'\. Options: --url URL, --map .*--json \(docs\/operations\.md\)$/,
  );
});

test("--help says the same, and that is no failure", () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [main, "--help"], { encoding: "utf8" });
  expect(stdout).toMatch(/^Options: --url URL/);
  expect(status).toBe(0);
});
