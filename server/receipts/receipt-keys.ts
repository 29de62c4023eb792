import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

import { asc, desc, sql } from "drizzle-orm";

import type { Bytes } from "../../shared/bytes.ts";
import type { ContentHash } from "../../shared/ids.ts";
import {
  createReceiptKey,
  receiptKeyOf,
  type ReceiptKeys,
} from "../../shared/receipts/receipt-key.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { receiptKeys } from "../db/schema.ts";

/*
 * [E2] The key that signs is in the database, so that every node signs with the same one, and sealed
 * with AUTH_SECRET, so that whoever has a copy of the database cannot. With another AUTH_SECRET the
 * server makes another key; those of before stay published.
 */

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Called at the start, and by whatever needs the key: of two nodes at once, one makes it. */
export async function ensureReceiptKey(
  ctx: Context,
  tx: Database = ctx.db,
): Promise<{ id: ContentHash; secret: Bytes }> {
  const found = await findOwnKey(ctx, tx);
  if (found) return found;
  return await tx.transaction(async (locked) => {
    await locked.execute(sql`select pg_advisory_xact_lock(hashtextextended('receipt key', 0))`);
    const made = await findOwnKey(ctx, locked);
    if (made) return made;
    const { key, secret } = await createReceiptKey();
    await locked.insert(receiptKeys).values({
      id: key.kid,
      publicKey: key.x,
      sealedSecret: seal(ctx, key.kid, secret),
      createdAt: ctx.clock.now(),
    });
    return { id: key.kid, secret };
  });
}

/** All of them, the oldest first: a receipt is good for longer than a key. */
export async function listReceiptKeys(ctx: Context): Promise<ReceiptKeys> {
  await ensureReceiptKey(ctx);
  const rows = await ctx.db
    .select({ x: receiptKeys.publicKey })
    .from(receiptKeys)
    .orderBy(asc(receiptKeys.createdAt));
  return { keys: await Promise.all(rows.map(({ x }) => receiptKeyOf(x))) };
}

async function findOwnKey(ctx: Context, tx: Database) {
  const rows = await tx.select().from(receiptKeys).orderBy(desc(receiptKeys.createdAt));
  for (const { id, sealedSecret } of rows) {
    const secret = open(ctx, id, sealedSecret);
    if (secret) return { id, secret };
  }
  return undefined;
}

function sealingKey(ctx: Context): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", ctx.secret, "", "epaule/1/receipt-key", 32));
}

function seal(ctx: Context, id: string, secret: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(ctx), nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** `undefined` for a key that was sealed with another AUTH_SECRET. */
function open(ctx: Context, id: string, sealed: string): Bytes | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  const end = bytes.length - TAG_BYTES;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  try {
    const cipher = createDecipheriv("aes-256-gcm", sealingKey(ctx), nonce)
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes.subarray(end));
    const opened = [cipher.update(bytes.subarray(NONCE_BYTES, end)), cipher.final()];
    return new Uint8Array(Buffer.concat(opened));
  } catch {
    return undefined;
  }
}
