import { beforeAll, beforeEach, expect, test } from "vitest";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { consentTextFor } from "../../shared/grants/consent-text.ts";
import { type DeviceId, type GrantId, grantIdSchema } from "../../shared/ids.ts";
import { buildReceipt } from "../../shared/receipts/receipt.ts";
import type { SignedReceipt } from "../../shared/receipts/signed-receipt.ts";
import { hostSchema } from "../../shared/sites.ts";
import { createMemoryKeyValue, type KeyValue } from "./key-value.ts";
import { createReceiptStore, MAX_RECEIPTS } from "./receipt-store.ts";

let device: DeviceId;
let keyValue: KeyValue;
beforeAll(async () => {
  ({ id: device } = await createDeviceKey());
});
beforeEach(() => {
  keyValue = createMemoryKeyValue();
});

const newGrant = (): GrantId => grantIdSchema.parse(encodeBase64url(randomBytes(32)));

function receiptOf(grant: GrantId): SignedReceipt {
  const text = consentTextFor("fr");
  const given = "–";
  const document = buildReceipt(
    {
      id: grant,
      kind: "SESSION",
      beneficiary: device,
      helper: device,
      hosts: [hostSchema.parse("www.caf.example")],
      topics: [],
      capabilities: ["view_masked"],
      text: text.hash,
      givenAt: "2026-11-29T09:00:00.000Z",
      expiresAt: "2026-11-29T11:00:00.000Z",
    },
    {
      operator: {
        name: "Exemple",
        contact: given,
        address: given,
        email: given,
        phone: given,
        policyUrl: "https://epaule.example",
      },
      serverUrl: "https://epaule.example",
      language: "fr",
    },
  );
  return { receipt: canonicalJson(document), key: text.hash, signature: "A".repeat(86) };
}

test("[E1] receipts are kept with the person's own name for their helper, the newest first", async () => {
  const store = createReceiptStore(keyValue);
  const [first, second] = [newGrant(), newGrant()];
  await store.keep(first, receiptOf(first), "Marie");
  await store.keep(second, receiptOf(second), "Paul");
  await store.keep(second, receiptOf(second), "Paul");
  const kept = await createReceiptStore(keyValue).list();
  expect(kept.map(({ grant, name }) => [grant, name])).toEqual([
    [second, "Paul"],
    [first, "Marie"],
  ]);
});

test("[E1] their number is bounded, and the oldest goes", async () => {
  const store = createReceiptStore(keyValue);
  const grants = Array.from({ length: MAX_RECEIPTS + 2 }, newGrant);
  for (const grant of grants) await store.keep(grant, receiptOf(grant), "Marie");
  const kept = await store.list();
  expect(kept.map(({ grant }) => grant)).toEqual(grants.toReversed().slice(0, MAX_RECEIPTS));
});

test("[E1] what is no receipt of this grant is not kept", async () => {
  const store = createReceiptStore(keyValue);
  const grant = newGrant();
  const wrong = [receiptOf(newGrant()), { ...receiptOf(grant), receipt: "{}" }];
  for (const signed of wrong)
    await expect(store.keep(grant, signed, "Marie")).rejects.toMatchObject({ code: "FORGED" });
  expect(await store.list()).toEqual([]);
});

test("one that can't be read does not take the others with it", async () => {
  const store = createReceiptStore(keyValue);
  const grant = newGrant();
  await store.keep(grant, receiptOf(grant), "Marie");
  await keyValue.update("receipts", (old) => [{ grant: 1 }, ...(Array.isArray(old) ? old : [])]);
  expect(await store.list()).toHaveLength(1);
  await keyValue.set("receipts", "none");
  expect(await store.list()).toEqual([]);
});

test("[E5] the lost computer's code is made once, by whichever page comes first", async () => {
  const [left, right] = await Promise.all([
    createReceiptStore(keyValue).lostCode(),
    createReceiptStore(keyValue).lostCode(),
  ]);
  expect(left).toBe(right);
  expect(await createReceiptStore(keyValue).lostCode()).toBe(left);
});
