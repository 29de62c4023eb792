import { describe, expect, test } from "vitest";

import { createDeviceKey } from "../crypto/device-key.ts";
import { type JournalHead, journalHeadSchema } from "./row.ts";
import { signHead, verifyHead } from "./signed-head.ts";

const head: JournalHead = journalHeadSchema.parse({
  seq: 7,
  hash: "4heQKZxZtclltHf20DHxS0YvtOTHkoDzyX3bxR7j0LE",
  at: "2026-11-29T09:00:00.000Z",
});

describe("a signed head", () => {
  test("[J5] verifies with the device's key", async () => {
    const key = await createDeviceKey();
    const signed = await signHead(key, head);
    expect(await verifyHead(key.id, key.publicKey, signed)).toBe(true);
  });

  test.each([
    { seq: 8 },
    { hash: "AYmEnaEFEvXzXbmv_lcrU57TSu7QG-g7JD_lBWhJtn8" },
    { at: "2026-11-29T09:00:00.001Z" },
    { signature: "A".repeat(86) },
  ])("[J5] does not verify with %j", async (change) => {
    const key = await createDeviceKey();
    const signed = await signHead(key, head);
    expect(await verifyHead(key.id, key.publicKey, { ...signed, ...change })).toBe(false);
  });

  test("[J5] does not verify with another key, nor for another device", async () => {
    const [key, stranger] = [await createDeviceKey(), await createDeviceKey()];
    const signed = await signHead(key, head);
    expect(await verifyHead(key.id, stranger.publicKey, signed)).toBe(false);
    expect(await verifyHead(stranger.id, key.publicKey, signed)).toBe(false);
    expect(await verifyHead(stranger.id, stranger.publicKey, signed)).toBe(false);
    expect(await verifyHead(key.id, "no key", signed)).toBe(false);
  });
});
