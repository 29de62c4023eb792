import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { SOURCES } from "./build.ts";
import { ROOT } from "./run-command.ts";

/** A file, and what it imports of this repository, and so on. */
async function reach(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found;
  found.add(file);
  const text = await readFile(path.join(ROOT, file), "utf8");
  for (const [, name = ""] of text.matchAll(/ from "(\.[^"]+)"/g))
    await reach(path.join(path.dirname(file), name), found);
  return found;
}

test.each([
  ["extension", "wxt.config.ts"],
  ["console", "server/console/vite.config.ts"],
] as const)(
  "the %s is built again when anything changes that its build reads",
  async (what, config) => {
    const unseen = [...(await reach(config))].filter(
      (file) => !SOURCES[what].some((source) => file === source || file.startsWith(`${source}/`)),
    );
    expect(unseen).toEqual([]);
  },
);
