import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { ROOT } from "./run-command.ts";

/** Where words for people are, or may come to be. */
const FOLDERS = ["shared", "server", "extension", "e2e/setup", "e2e/demo"];
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const TEXT = /"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
/** What stands in a template is code: `${one ? two : three}`. */
const CODE = /\$\{[^{}]*\}/g;
/** Not followed by a letter: `main :focus` in a style sheet, ` ://` in an address. */
const PLAIN = /[\p{L}\p{N}»)}.…X] [:;?!»](?![\p{L}\p{N}:/=?&])|«(?!\\u00a0|\u00a0)/iu;

/** [G5] Published texts are never edited: their hash is in the grants. */
const PUBLISHED = "shared/grants/consent-text.ts";

function plainSpaces(source: string): string[] {
  const texts = source.replaceAll(COMMENT, "").replaceAll(CODE, "X").match(TEXT) ?? [];
  return texts.flatMap((text) => text.split("\n")).filter((line) => PLAIN.test(line));
}

async function sources(): Promise<string[]> {
  const found = FOLDERS.map(async (folder) => {
    const names = await readdir(path.join(ROOT, folder), { recursive: true });
    return names.map((name) => path.join(folder, name));
  });
  return (await Promise.all(found))
    .flat()
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && name !== PUBLISHED);
}

test("a French double sign stays on the line of its word, in every word for people and every mail", async () => {
  const wrong: string[] = [];
  const files = await sources();
  for (const file of files) {
    const lines = plainSpaces(await readFile(path.join(ROOT, file), "utf8"));
    wrong.push(...lines.map((line) => `${file}: ${line.trim()}`));
  }
  expect(files).toContain("server/mail/messages.ts");
  expect(wrong).toEqual([]);
});

test.each([
  ['fr: "Voici le lien : il sert une fois."', 1],
  ["`Ouvrez ce lien :\n\n${url}\n`", 1],
  ["`${name} : ${words}`", 1],
  ['"Cliquez sur « Suite »."', 1],
  ['"Voici le lien\\u00a0: «\\u00a0Suite\\u00a0»."', 0],
  ["`${one ? two : three}`", 0],
  ["const word = isFrench ? fr : en;", 0],
  ['/** « Vous entend » : by sound. */ "Vous entend"', 0],
  ["`main { color: red; } main :focus, li::before { top: 0; }`", 0],
])("in %j, the lines with a plain space: %i", (source, count) => {
  expect(plainSpaces(source)).toHaveLength(count);
});
