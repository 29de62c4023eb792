import { access, readFile, readdir } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { ROOT } from "./run-command.ts";

const ROOMS = /^(?:extension|server|shared|e2e|docs|\.ci)\/[\w./@-]*$/;

/** Paths in backquotes, from the root; and the targets of relative links, from the page. */
function citedPaths(page: string, text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");
  const linked = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
  return [
    ...quoted.filter((cited) => ROOMS.test(cited)),
    ...linked
      .filter((cited) => !URL.canParse(cited))
      .map((cited) => path.join(path.dirname(page), cited)),
  ];
}

async function pages(): Promise<string[]> {
  const docs = await readdir(path.join(ROOT, "docs"), { recursive: true });
  const top = (await readdir(ROOT)).filter((name) => name.endsWith(".md"));
  return [
    ...top,
    ...docs.filter((name) => name.endsWith(".md")).map((name) => path.join("docs", name)),
  ];
}

test("every path cited in the README and the docs exists", async () => {
  const missing: string[] = [];
  for (const page of await pages()) {
    const text = await readFile(path.join(ROOT, page), "utf8");
    for (const cited of citedPaths(page, text)) {
      const there = await access(path.join(ROOT, cited)).then(
        () => true,
        () => false,
      );
      if (!there) missing.push(`${page}: ${cited}`);
    }
  }
  expect(missing).toEqual([]);
});

test("a path is seen in backquotes and in links, and a shell command is not one", () => {
  const text = "See `server/main.ts`, [the map](docs/a.md#x), `npm start`, [out](https://x.org).";
  expect(citedPaths("README.md", text)).toEqual(["server/main.ts", "docs/a.md"]);
});
