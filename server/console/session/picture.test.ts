import { expect, test } from "vitest";

import { encodeBase64url, utf8 } from "../../../shared/bytes.ts";
import { contentHashSchema } from "../../../shared/ids.ts";
import { hostSchema } from "../../../shared/sites.ts";
import type { ToPlayer } from "../player/port.ts";
import { createPicture } from "./picture.ts";

const SITE = hostSchema.parse("www.example.fr");
const OTHER = hostSchema.parse("ailleurs.example");
const viewport = { width: 800, height: 600 };
const TOKEN = "T".repeat(22);

function setUp() {
  const posted: ToPlayer[] = [];
  const pages: { document: string; allowed: boolean }[] = [];
  const picture = createPicture({
    hosts: [SITE],
    player: {
      post: (message) => posted.push(message),
      events: (document, key, events) => {
        posted.push({ type: "events", receipt: 0, document, key, json: JSON.stringify(events) });
        return Promise.resolve();
      },
    },
    onPage: (page) => pages.push(page),
  });
  const page = (document: string, host = SITE, parent?: string) =>
    picture.page({
      type: "mirror.page",
      document,
      host,
      viewport,
      ...(parent === undefined ? {} : { parent: { document: parent, node: 3 } }),
    });
  const events = (document: string, list: unknown[] = [{ type: 4 }]) =>
    picture.events({ type: "mirror.events", document, key: true, events: list });
  return { picture, posted, pages, page, events };
}

async function asset(text: string) {
  const raw = utf8(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  return { hash: contentHashSchema.parse(encodeBase64url(digest)), bytes: encodeBase64url(raw) };
}

test("[M5] nothing of a page outside the grant reaches the player", async () => {
  const { posted, pages, page, events } = setUp();
  page("A", OTHER);
  await events("A");
  expect(posted).toEqual([]);
  expect(pages).toMatchObject([{ document: "A", allowed: false }]);
});

test("[M5] nor of a frame outside it, nor of what was in front before", async () => {
  const { posted, page, events } = setUp();
  page("A");
  page("B", OTHER, "A");
  await events("B");
  page("C");
  await events("A");
  expect(posted.map(({ type }) => type)).toEqual(["page", "page"]);
});

test("a frame needs the document that it is in", () => {
  const { posted, page } = setUp();
  page("B", SITE, "A");
  expect(posted).toEqual([]);
  page("A");
  page("B", SITE, "A");
  expect(posted).toHaveLength(2);
});

test("[M6] style sheets are put back where they stood", async () => {
  const { picture, posted, page, events } = setUp();
  const sheet = await asset("a{color:red}");
  page("A");
  await picture.data({ type: "asset.data", mime: "text/css", ...sheet });
  const node = {
    type: 2,
    id: 1,
    tagName: "style",
    attributes: { _cssText: { $text: sheet.hash } },
  };
  await events("A", [{ type: 2, data: { node } }]);
  expect(posted.at(-1)).toMatchObject({
    json: expect.stringContaining('"_cssText":"a{color:red}"'),
  });
});

test("[M6] a token is bound once, and told again to a player that was loaded again", async () => {
  const { picture, posted, page } = setUp();
  const image = await asset("an image");
  page("A");
  await picture.data({ type: "asset.data", mime: "image/png", ...image });
  for (let time = 0; time < 2; time += 1)
    picture.bind({ type: "asset.bound", token: TOKEN, hash: image.hash });
  picture.miss({ type: "asset.missing", token: "M".repeat(22), kind: "image" });
  expect(posted.map(({ type }) => type)).toEqual(["page", "asset", "missing"]);
  posted.length = 0;
  picture.tellAgain();
  expect(posted.map(({ type }) => type)).toEqual(["asset", "missing", "page"]);
});

test("bytes that never came, or a style sheet, are bound to nothing", async () => {
  const { picture, posted } = setUp();
  const sheet = await asset("a{}");
  picture.bind({ type: "asset.bound", token: TOKEN, hash: sheet.hash });
  await picture.data({ type: "asset.data", mime: "text/css", ...sheet });
  picture.bind({ type: "asset.bound", token: TOKEN, hash: sheet.hash });
  expect(posted).toEqual([]);
});
