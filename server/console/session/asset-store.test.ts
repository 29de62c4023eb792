import { expect, test } from "vitest";

import { encodeBase64url, utf8 } from "../../../shared/bytes.ts";
import { type ContentHash, contentHashSchema } from "../../../shared/ids.ts";
import { MAX_ASSET_BYTES } from "../../../shared/protocol/limits.ts";
import { createAssetStore } from "./asset-store.ts";

async function asset(text: string): Promise<{ hash: ContentHash; bytes: string }> {
  const raw = utf8(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  return { hash: contentHashSchema.parse(encodeBase64url(digest)), bytes: encodeBase64url(raw) };
}

test("[M6] keeps what crossed, by hash", async () => {
  const store = createAssetStore();
  const sheet = await asset("a{color:red}");
  expect(await store.put(sheet.hash, "text/css", sheet.bytes)).toBe(true);
  expect(store.text(sheet.hash)).toBe("a{color:red}");
  expect(store.hashes()).toEqual([sheet.hash]);
});

test("bytes that are not what their hash says are not kept", async () => {
  const store = createAssetStore();
  const [one, two] = [await asset("one"), await asset("two")];
  expect(await store.put(one.hash, "image/png", two.bytes)).toBe(false);
  expect(await store.put(one.hash, "image/png", "not base64url!")).toBe(false);
  expect(store.hashes()).toEqual([]);
});

test("an image is never read as a style sheet, nor what is not UTF-8", async () => {
  const store = createAssetStore();
  const image = await asset("a{}");
  await store.put(image.hash, "image/png", image.bytes);
  expect(store.text(image.hash)).toBeUndefined();

  const raw = Uint8Array.of(0xff, 0xfe);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  const hash = contentHashSchema.parse(encodeBase64url(digest));
  await store.put(hash, "text/css", encodeBase64url(raw));
  expect(store.text(hash)).toBeUndefined();
});

test("one above the limit is refused", async () => {
  const store = createAssetStore();
  const large = await asset("x".repeat(MAX_ASSET_BYTES + 1));
  expect(await store.put(large.hash, "image/png", large.bytes)).toBe(false);
});

test("above its bound, what was used longest ago goes first", async () => {
  const store = createAssetStore(30);
  const assets = await Promise.all(["a", "b", "c", "d"].map((text) => asset(text.repeat(10))));
  const [a, b, c, d] = assets;
  if (!a || !b || !c || !d) throw new Error("four assets");
  for (const each of [a, b, c]) await store.put(each.hash, "image/png", each.bytes);
  store.get(a.hash);
  await store.put(d.hash, "image/png", d.bytes);
  expect(store.hashes().toSorted()).toEqual([a.hash, c.hash, d.hash].toSorted());
});
