import { createPublicKey, verify } from "node:crypto";

import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { decodeBase64url, encodeBase64url, randomBytes, utf8 } from "../../shared/bytes.ts";
import { contentHashOf } from "../../shared/crypto/digest.ts";
import { grantIdSchema } from "../../shared/ids.ts";
import { RECEIPT_KEYS_PATH, receiptKeysSchema } from "../../shared/receipts/receipt-key.ts";
import { formatReceiptFile, readReceipt } from "../../shared/receipts/signed-receipt.ts";
import { verifyReceiptFile } from "../../shared/receipts/verify-receipt.ts";
import { grants, receiptKeys, receipts } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect, createBeneficiary } from "../relay/testing/device.ts";
import {
  createPair,
  HOST,
  requestAt,
  rowsOf,
  signGrant,
  type TestPair,
  typesOf,
} from "../relay/testing/people.ts";
import type { TestServer } from "../relay/testing/server.ts";
import { codeOf, useServer } from "../relay/testing/suite.ts";
import { ensureReceiptKey } from "./receipt-keys.ts";

async function askFor(pair: TestPair) {
  const { session, grant } = await signGrant(pair);
  const { pairing } = pair;
  const { receipt } = await pair.beneficiarySocket.request("session.request", { pairing, grant });
  const statement = decodeBase64url(grant.statement) ?? new Uint8Array();
  return { session, receipt, grant: grantIdSchema.parse(await contentHashOf(statement)) };
}

async function keysOf(server: TestServer) {
  const answer = await requestAt(server, RECEIPT_KEYS_PATH, {});
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  return receiptKeysSchema.parse(await answer.json());
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`receipts on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind, { timings: { sweepMs: 50 } });

    test("[E1] [E2] a consent is answered with its receipt, which the published key verifies", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const { session, grant, receipt } = await askFor(pair);
      const read = readReceipt(receipt);
      expect(read?.agreed).toMatchObject({
        id: grant,
        kind: "SESSION",
        session,
        beneficiary: pair.beneficiary.id,
        helper: pair.helper.id,
        hosts: [HOST],
      });
      const { givenAt = "", expiresAt = "" } = read?.agreed ?? {};
      expect(Date.parse(expiresAt) - Date.parse(givenAt)).toBe(7_200_000);
      expect(receipt.receipt).not.toContain("Marie");
      const keys = await keysOf(server);
      expect(await verifyReceiptFile(formatReceiptFile(receipt), keys)).toHaveProperty("receipt");
      // By another library than the one that signed, over the bytes alone.
      const jwk = keys.keys.find(({ kid }) => kid === receipt.key) ?? {};
      const key = createPublicKey({ key: { ...jwk }, format: "jwk" });
      const signature = decodeBase64url(receipt.signature) ?? new Uint8Array();
      expect(verify(null, utf8(receipt.receipt), key, signature)).toBe(true);
    });

    test("[E1] [J2] its hash is in the journal, in the row after the grant's", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const { receipt, grant } = await askFor(pair);
      const rows = await rowsOf(server, pair);
      const [, given, issued] = rows;
      expect([given?.type, issued?.type]).toEqual(["grant.given", "receipt.issued"]);
      expect(issued?.refs).toMatchObject({ grant });
      expect(issued?.data).toEqual({ sha256: await contentHashOf(utf8(receipt.receipt)) });
    });

    test("[E1] [G6] without a receipt there is no grant, and without a grant no receipt", async () => {
      const { server } = suite;
      const { db } = server.context;
      const pair = await createPair(server);
      await db.execute(sql`
        create function refuse_receipt() returns trigger language plpgsql as
        $$ begin raise exception 'refused by the test'; end; $$`);
      for (const table of ["receipts", "sessions"]) {
        await db.execute(sql`
          create trigger refuse_receipt before insert on ${sql.identifier(table)}
          for each row execute function refuse_receipt()`);
        expect(await codeOf(askFor(pair))).toBe("INTERNAL");
        await db.execute(sql`drop trigger refuse_receipt on ${sql.identifier(table)}`);
      }
      await db.execute(sql`drop function refuse_receipt`);
      expect(await db.select().from(grants).where(eq(grants.pairing, pair.pairing))).toEqual([]);
      const own = eq(receipts.beneficiary, pair.beneficiary.id);
      expect(await db.select().from(receipts).where(own)).toEqual([]);
      expect(await typesOf(server, pair)).toEqual(["pairing.made"]);
    });

    test("[E4] the device that gave the grant reads it again; to all others it is unknown", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const { receipt, grant } = await askFor(pair);
      const again = await connect(server, pair.beneficiary);
      expect(await again.request("receipt.read", { grant })).toEqual({ receipt });

      const stranger = await createPair(server);
      const unpaired = await connect(server, await createBeneficiary());
      const nothing = grantIdSchema.parse(encodeBase64url(randomBytes(32)));
      const refused = [
        await codeOf(stranger.beneficiarySocket.request("receipt.read", { grant })),
        await codeOf(unpaired.request("receipt.read", { grant })),
        await codeOf(again.request("receipt.read", { grant: nothing })),
      ];
      expect(refused).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
    });

    test("[E4] it is not a helper's to read, not even the one's who is named", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const { grant } = await askFor(pair);
      pair.helperSocket.send(JSON.stringify({ id: 99, type: "receipt.read", grant }));
      expect(await pair.helperSocket.closed).toBe(4400);
    });

    test("[E2] two nodes that start at once have one key, sealed in the database", async () => {
      const { context } = suite.server;
      await context.db.delete(receipts);
      await context.db.delete(receiptKeys);
      const made = await Promise.all([ensureReceiptKey(context), ensureReceiptKey(context)]);
      expect(made[0].id).toBe(made[1].id);
      const rows = await context.db.select().from(receiptKeys);
      expect(rows).toHaveLength(1);
      const secret = Buffer.from(made[0].secret).subarray(-32);
      const stored = Buffer.from(rows[0]?.sealedSecret ?? "", "base64url");
      expect(stored.includes(secret)).toBe(false);
    });

    test("[E2] with another AUTH_SECRET another key signs, and the one of before stays published", async () => {
      const { server } = suite;
      const before = await ensureReceiptKey(server.context);
      const other = { ...server.context, secret: "another secret for tests, long enough" };
      const after = await ensureReceiptKey(other);
      expect(after.id).not.toBe(before.id);
      expect((await ensureReceiptKey(server.context)).id).toBe(before.id);
      const { keys } = await keysOf(server);
      expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([before.id, after.id]));
    });
  });
}
