import { describe, expect, test, vi } from "vitest";

import { MAX_ASSET_BYTES } from "../../shared/protocol/limits.ts";
import { assetTokenSchema } from "../../shared/protocol/peer.ts";
import { type AssetNews, assetToken, assetTypeOf, createAssets } from "./assets.ts";

const SALT = new Uint8Array(32).fill(1);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
const BASE = "https://site.example/a/b";

function setUp(answer: (url: string) => Response) {
  const news: AssetNews[] = [];
  const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>((url) =>
    Promise.resolve(answer(url)),
  );
  const assets = createAssets({
    salt: SALT,
    origin: "https://site.example",
    fetch,
    drawn: () => Promise.resolve(undefined),
    tell: (told) => news.push(told),
  });
  return { assets, fetch, news };
}

describe("[M6] assets", () => {
  test("a token says nothing, is the same for the same address, and differs by session", () => {
    const token = assetToken(SALT, "https://site.example/i.png");
    expect(assetTokenSchema.safeParse(token).success).toBe(true);
    expect(assetToken(SALT, "https://site.example/i.png")).toBe(token);
    expect(assetToken(SALT, "https://site.example/j.png")).not.toBe(token);
    expect(assetToken(new Uint8Array(32), "https://site.example/i.png")).not.toBe(token);
  });

  test("a fragment makes no other asset", () => {
    const { assets } = setUp(() => new Response());
    expect(assets.address("i.svg#one", "image", BASE)).toBe(
      assets.address("https://site.example/a/i.svg#two", "image", BASE),
    );
  });

  test("nothing is fetched that the page has not loaded, and once what it has", async () => {
    const { assets, fetch, news } = setUp(() => new Response(PNG));
    assets.address("i.png", "image", BASE);
    expect(fetch).not.toHaveBeenCalled();
    assets.loaded("https://site.example/a/i.png");
    assets.loaded("https://site.example/a/i.png");
    assets.loaded("https://site.example/other.png");
    await vi.waitFor(() => expect(news).toHaveLength(1));
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(news[0]).toMatchObject({ type: "recorder.asset", mime: "image/png" });
  });

  test("from elsewhere, without credentials", async () => {
    const { assets, fetch, news } = setUp(() => new Response(PNG));
    assets.loaded("https://cdn.example/i.png");
    assets.address("https://cdn.example/i.png", "image", BASE);
    await vi.waitFor(() => expect(news).toHaveLength(1));
    expect(fetch.mock.calls[0]).toMatchObject([
      "https://cdn.example/i.png",
      { mode: "cors", credentials: "omit" },
    ]);
  });

  test("what an unreadable style sheet names beside itself, up to a bound", async () => {
    const { assets, fetch } = setUp((url) =>
      url.endsWith(".css") ? new Response("a{}") : new Response(PNG),
    );
    const sheet = "https://cdn.example/s.css";
    await assets.styleText(sheet);
    fetch.mockClear();
    assets.address("https://site.example/logout", "image", sheet);
    assets.address("https://other.example/i.png", "image", sheet);
    expect(fetch).not.toHaveBeenCalled();
    for (let n = 0; n < 100; n += 1) assets.address(`i${n}.png`, "image", sheet);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(64));
    expect(fetch.mock.calls[0]).toMatchObject([
      "https://cdn.example/i0.png",
      { credentials: "omit" },
    ]);
  });

  test.each([
    ["too large", () => new Response(new Uint8Array(MAX_ASSET_BYTES + 1).fill(0x89))],
    ["not an image", () => new Response("<html>SECRET</html>")],
    ["not there", () => new Response("", { status: 404 })],
    ["a font where an image is shown", () => new Response("wOF2....")],
  ])("%s: told as missing", async (_why, answer) => {
    const { assets, news } = setUp(answer);
    assets.loaded("https://site.example/i.png");
    assets.address("https://site.example/i.png", "image", BASE);
    await vi.waitFor(() => expect(news).toHaveLength(1));
    expect(news[0]).toMatchObject({ type: "recorder.asset-missing", kind: "image" });
  });

  test.each([
    ["data:image/png;base64,AAAA", true],
    ["data:font/woff2;base64,AAAA", true],
    ["data:text/html,<p>", false],
    [`data:image/png;base64,${"A".repeat(70_000)}`, false],
    ["javascript:alert(1)", false],
    ["file:///etc/passwd", false],
  ])("%s", (url, passes) => {
    const { assets } = setUp(() => new Response());
    expect(assets.address(url, "image", BASE)).toBe(passes ? url : undefined);
  });

  test.each([
    ["<svg xmlns='x'></svg>", "image/svg+xml"],
    ["<?xml version='1.0'?>\n<!-- c --><svg></svg>", "image/svg+xml"],
    ["GIF89a", "image/gif"],
    ["RIFF0000WEBPVP8 ", "image/webp"],
    ["0000ftypavif", "image/avif"],
    ["wOFF", "font/woff"],
    ["OTTO", "font/otf"],
    ["<html><svg></svg></html>", undefined],
    ["", undefined],
  ])("%s is %s", (content, type) => {
    expect(assetTypeOf(new TextEncoder().encode(content))).toBe(type);
  });
});
