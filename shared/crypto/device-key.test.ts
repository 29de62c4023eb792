import { expect, test } from "vitest";

import { decodeBase64url, encodeBase64url, utf8 } from "../bytes.ts";
import { deviceIdSchema } from "../ids.ts";
import { publicKeySchema, signatureSchema } from "../protocol/control.ts";
import { createDeviceKey, deviceIdOf, signWith, verifyFrom } from "./device-key.ts";

test("a device key has the shapes of the protocol and is its own fingerprint", async () => {
  const key = await createDeviceKey();
  expect(publicKeySchema.parse(key.publicKey)).toBe(key.publicKey);
  expect(deviceIdSchema.parse(key.id)).toBe(key.id);
  expect(await deviceIdOf(key.publicKey)).toBe(key.id);
});

test("the private key cannot be exported, and a structured clone of it still signs", async () => {
  const key = await createDeviceKey();
  expect(key.privateKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("jwk", key.privateKey)).rejects.toThrow(/extractable/);
  const kept = structuredClone(key);
  const signature = await signWith(kept, "grant", utf8("words"));
  expect(await verifyFrom(key.publicKey, signature, "grant", utf8("words"))).toBe(true);
  await expect(crypto.subtle.exportKey("pkcs8", kept.privateKey)).rejects.toThrow(/extractable/);
});

test("a signature fits its key, its purpose and its fields, and nothing else", async () => {
  const [key, other] = [await createDeviceKey(), await createDeviceKey()];
  const signature = await signWith(key, "grant", utf8("a"), utf8("b"));
  expect(signatureSchema.parse(signature)).toBe(signature);
  expect(await verifyFrom(key.publicKey, signature, "grant", utf8("a"), utf8("b"))).toBe(true);
  expect(await verifyFrom(other.publicKey, signature, "grant", utf8("a"), utf8("b"))).toBe(false);
  expect(await verifyFrom(key.publicKey, signature, "hello", utf8("a"), utf8("b"))).toBe(false);
  expect(await verifyFrom(key.publicKey, signature, "grant", utf8("ab"))).toBe(false);
  expect(await verifyFrom(key.publicKey, signature, "grant", utf8("b"), utf8("a"))).toBe(false);
});

test("every changed bit of a signature is refused", async () => {
  const key = await createDeviceKey();
  const signature = decodeBase64url(await signWith(key, "grant", utf8("a"))) ?? new Uint8Array();
  for (let bit = 0; bit < signature.length * 8; bit += 1) {
    const changed = Uint8Array.from(signature);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const answer = await verifyFrom(key.publicKey, encodeBase64url(changed), "grant", utf8("a"));
    expect(answer, `bit ${bit}`).toBe(false);
  }
});

test.each([
  ["nothing", ""],
  ["not base64url", "=".repeat(87)],
  ["zeroes", encodeBase64url(new Uint8Array(65))],
  ["a point that is not on the curve", encodeBase64url(Uint8Array.of(4, ...new Uint8Array(64)))],
  ["a compressed point", encodeBase64url(Uint8Array.of(2, ...new Uint8Array(32).fill(1)))],
  ["one byte too many", encodeBase64url(Uint8Array.of(4, ...new Uint8Array(65)))],
])("%s is no public key", async (_, publicKey) => {
  await expect(deviceIdOf(publicKey)).rejects.toMatchObject({ code: "BAD_MESSAGE" });
  const signature = encodeBase64url(new Uint8Array(64));
  expect(await verifyFrom(publicKey, signature, "grant", utf8("a"))).toBe(false);
});

test.each(["", "AAAA", "A".repeat(87), "*".repeat(86)])("%j is no signature", async (signature) => {
  const key = await createDeviceKey();
  expect(await verifyFrom(key.publicKey, signature, "grant", utf8("a"))).toBe(false);
});
