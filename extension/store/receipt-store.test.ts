import { beforeAll, beforeEach, expect, test } from "vitest";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { consentTextFor } from "../../shared/grants/consent-text.ts";
import type { Statement } from "../../shared/grants/statement.ts";
import { createNonce, createSessionId, type GrantId, grantIdSchema } from "../../shared/ids.ts";
import { buildReceipt } from "../../shared/receipts/receipt.ts";
import type { SignedReceipt } from "../../shared/receipts/signed-receipt.ts";
import { hostSchema } from "../../shared/sites.ts";
import { createMemoryKeyValue, type KeyValue } from "./key-value.ts";
import { createReceiptStore, type GivenGrant, MAX_RECEIPTS } from "./receipt-store.ts";

let statement: Statement;
let keyValue: KeyValue;
beforeAll(async () => {
  const { id } = await createDeviceKey();
  statement = {
    version: 1,
    kind: "SESSION",
    session: createSessionId(),
    beneficiary: id,
    helper: id,
    hosts: [hostSchema.parse("www.caf.example")],
    seconds: 7200,
    text: consentTextFor("fr").hash,
    nonce: createNonce(),
  };
});
beforeEach(() => {
  keyValue = createMemoryKeyValue();
});

const given = (grant: GrantId): GivenGrant => ({ grant, statement });
const newGrant = (): GrantId => grantIdSchema.parse(encodeBase64url(randomBytes(32)));

/** `change`: what the server would write in place of what was signed. */
function receiptOf(grant: GrantId, change: Partial<Statement> = {}): SignedReceipt {
  const { kind, session, beneficiary, helper, hosts, text } = { ...statement, ...change };
  const none = "–";
  const document = buildReceipt(
    {
      id: grant,
      kind,
      session,
      beneficiary,
      helper,
      hosts,
      topics: [],
      capabilities: ["view_masked"],
      text,
      givenAt: "2026-11-29T09:00:00.000Z",
      expiresAt: "2026-11-29T11:00:00.000Z",
    },
    {
      operator: {
        name: "Exemple",
        contact: none,
        address: none,
        email: none,
        phone: none,
        policyUrl: "https://epaule.example",
      },
      serverUrl: "https://epaule.example",
      language: "fr",
    },
  );
  return { receipt: canonicalJson(document), key: text, signature: "A".repeat(86) };
}

test("[E1] receipts are kept with the person's own name for their helper, the newest first", async () => {
  const store = createReceiptStore(keyValue);
  const [first, second] = [newGrant(), newGrant()];
  await store.keep(given(first), receiptOf(first), "Marie");
  await store.keep(given(second), receiptOf(second), "Paul");
  await store.keep(given(second), receiptOf(second), "Paul");
  const kept = await createReceiptStore(keyValue).list();
  expect(kept.map(({ grant, name }) => [grant, name])).toEqual([
    [second, "Paul"],
    [first, "Marie"],
  ]);
});

test("[E1] their number is bounded, and the oldest goes", async () => {
  const store = createReceiptStore(keyValue);
  const grants = Array.from({ length: MAX_RECEIPTS + 2 }, newGrant);
  for (const grant of grants) await store.keep(given(grant), receiptOf(grant), "Marie");
  const kept = await store.list();
  expect(kept.map(({ grant }) => grant)).toEqual(grants.toReversed().slice(0, MAX_RECEIPTS));
});

test("[E1] what is no receipt of this grant is not kept", async () => {
  const store = createReceiptStore(keyValue);
  const grant = newGrant();
  const wrong = [
    receiptOf(newGrant()),
    { ...receiptOf(grant), receipt: "{}" },
    receiptOf(grant, { session: createSessionId() }),
    receiptOf(grant, { hosts: [...statement.hosts, hostSchema.parse("www.banque.example")] }),
    receiptOf(grant, { helper: (await createDeviceKey()).id }),
    receiptOf(grant, { text: consentTextFor("en").hash }),
  ];
  for (const signed of wrong)
    await expect(store.keep(given(grant), signed, "Marie")).rejects.toMatchObject({
      code: "FORGED",
    });
  expect(await store.list()).toEqual([]);
});

test("one that can't be read does not take the others with it", async () => {
  const store = createReceiptStore(keyValue);
  const grant = newGrant();
  await store.keep(given(grant), receiptOf(grant), "Marie");
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
