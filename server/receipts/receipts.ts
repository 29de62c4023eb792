import { and, eq } from "drizzle-orm";

import { utf8 } from "../../shared/bytes.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { contentHashOf } from "../../shared/crypto/digest.ts";
import { AppError } from "../../shared/errors.ts";
import type { ContentHash, DeviceId, GrantId } from "../../shared/ids.ts";
import { signBytes } from "../../shared/receipts/receipt-key.ts";
import { type Agreed, buildReceipt } from "../../shared/receipts/receipt.ts";
import type { SignedReceipt } from "../../shared/receipts/signed-receipt.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { receipts } from "../db/schema.ts";
import { fullOperator } from "./operator.ts";
import { ensureReceiptKey } from "./receipt-keys.ts";

/** What every grant lets the helper do; nothing else has a message in the protocol ([V1]). */
export const CAPABILITIES = ["view_masked", "pointer", "highlight", "annotate", "chat"];
export const VOICE = "voice";

/** [E1] In the transaction of the grant, whose journal row `receipt.issued` holds the hash: no receipt, no grant. */
export async function issueReceipt(
  ctx: Context,
  tx: Database,
  agreed: Agreed,
  language: "fr" | "en",
): Promise<{ signed: SignedReceipt; sha256: ContentHash }> {
  const { publicUrl } = ctx.urls;
  const operator = fullOperator(ctx.operator ?? {}, publicUrl);
  const receipt = canonicalJson(buildReceipt(agreed, { operator, serverUrl: publicUrl, language }));
  const bytes = utf8(receipt);
  const key = await ensureReceiptKey(ctx, tx);
  const signature = await signBytes(key.secret, bytes);
  const sha256 = await contentHashOf(bytes);
  await tx.insert(receipts).values({
    grant: agreed.id,
    beneficiary: agreed.beneficiary,
    receipt,
    sha256,
    key: key.id,
    signature,
    issuedAt: new Date(agreed.givenAt),
  });
  return { signed: { receipt, key: key.id, signature }, sha256 };
}

/** [E4] By the device that gave the grant; unknown and another's are one `AppError` NOT_FOUND. */
export async function readOwnReceipt(
  ctx: Context,
  beneficiary: DeviceId,
  grant: GrantId,
): Promise<{ receipt: SignedReceipt }> {
  const [row] = await ctx.db
    .select({ receipt: receipts.receipt, key: receipts.key, signature: receipts.signature })
    .from(receipts)
    .where(and(eq(receipts.grant, grant), eq(receipts.beneficiary, beneficiary)));
  if (!row) throw new AppError("NOT_FOUND", "receipt: unknown or not yours");
  return { receipt: row };
}
