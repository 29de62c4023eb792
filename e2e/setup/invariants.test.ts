import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, expect, test } from "vitest";

import { ROOT } from "./run-command.ts";

const ROOMS = ["e2e", "extension", "server", "shared"];
const NUMBERS = [
  ...Array.from({ length: 20 }, (_, at) => `I${at + 1}`),
  ...Array.from({ length: 12 }, (_, at) => `N${at + 1}`),
];

let doc: string;
let tests: string;

beforeAll(async () => {
  doc = await readFile(path.join(ROOT, "docs/invariants.md"), "utf8");
  const names = await Promise.all(
    ROOMS.map((room) => readdir(path.join(ROOT, room), { recursive: true })),
  );
  const files = names.flatMap((inside, at) =>
    inside
      .filter((name) => /\.(test|spec)\.tsx?$/.test(name))
      .map((name) => path.join(ROOT, ROOMS[at] ?? "", name)),
  );
  tests = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
});

test("every number is there, with its tests or the word that it is not yet", () => {
  const parts = doc.split(/^### /m).slice(1);
  expect(parts.map((part) => part.split(".")[0])).toEqual(NUMBERS);
  for (const part of parts) expect(part).toMatch(/^- (`|Not yet)/m);
});

test("every test that is named exists, by its very title", () => {
  const named = [...doc.matchAll(/`([^`\n]+)`/g)]
    .map(([, title = ""]) => title)
    .filter((title) => !title.startsWith("e2e/"));
  expect(named.length).toBeGreaterThan(40);
  // As the title of a test, or of one of a family that is made from a table.
  const gone = named.filter(
    (title) => !tests.includes(`"${title}"`) && !tests.includes(`\`${title}\``),
  );
  expect(gone).toEqual([]);
});
