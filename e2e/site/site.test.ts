import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { PLANTED, SECRET_PATTERN } from "./secrets.ts";
import { tablePage } from "./table.ts";

const SECRET = /SEC_[A-Z0-9_]+/g;

async function plantedInPages(): Promise<string[]> {
  const files = await readdir(import.meta.dirname, { recursive: true });
  const pages = files.filter((file) => /\.(?:html|js|css|svg)$/.test(file));
  const texts = await Promise.all(
    pages.map((page) => readFile(path.join(import.meta.dirname, page), "utf8")),
  );
  const found = [...texts, tablePage()].flatMap((text) => text.match(SECRET) ?? []);
  return [...new Set(found)].toSorted();
}

test("the list of planted secrets is the list of secrets in the pages", async () => {
  expect(await plantedInPages()).toEqual([...PLANTED].toSorted());
});

test("every planted secret looks like one", () => {
  for (const secret of PLANTED) expect(secret).toMatch(SECRET_PATTERN);
});

test("the table has about 20,000 nodes", () => {
  const elements = tablePage().match(/<(?:tr|td|th)\b/g) ?? [];
  const texts = tablePage().match(/<td>/g) ?? [];
  expect(elements.length + texts.length).toBeGreaterThan(17_000);
  expect(elements.length + texts.length).toBeLessThan(23_000);
});
