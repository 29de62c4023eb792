import { z } from "zod";

import { type Bytes, decodeBase64url, encodeBase64url, utf8 } from "../bytes.ts";
import { contentHashOf } from "../crypto/digest.ts";
import { contentHashSchema } from "../ids.ts";

/*
 * [E2] The server's receipt keys: Ed25519, for nothing but receipts, so that a signature is over the
 * receipt's bytes themselves and any tool can check it.
 */

const ALGORITHM = { name: "Ed25519" } as const;

/** Where a server publishes its keys, those of before as well. */
export const RECEIPT_KEYS_PATH = "/.well-known/epaule-receipt-keys.json";

const receiptKeySchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  /** 32 bytes. */
  x: z.base64url().length(43),
  /** RFC 7638: SHA-256 of the key's canonical form. It is computed again by whoever verifies. */
  kid: contentHashSchema,
  use: z.literal("sig"),
  alg: z.literal("EdDSA"),
});
export type ReceiptKey = z.infer<typeof receiptKeySchema>;

/** A JWK set (RFC 7517). */
export const receiptKeysSchema = z.object({ keys: z.array(receiptKeySchema).min(1).max(1000) });
export type ReceiptKeys = z.infer<typeof receiptKeysSchema>;

export async function receiptKeyOf(x: string): Promise<ReceiptKey> {
  const kid = await contentHashOf(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`));
  return { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" };
}

/** `secret`: PKCS #8. */
export async function createReceiptKey(): Promise<{ key: ReceiptKey; secret: Bytes }> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const secret = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  return { key: await receiptKeyOf(encodeBase64url(raw)), secret };
}

export async function signBytes(secret: Bytes, bytes: Bytes): Promise<string> {
  const key = await crypto.subtle.importKey("pkcs8", secret, ALGORITHM, false, ["sign"]);
  return encodeBase64url(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, bytes)));
}

/** `false` also for a key or a signature that is not in form. */
export async function verifyBytes(x: string, signature: string, bytes: Bytes): Promise<boolean> {
  const [raw, signed] = [decodeBase64url(x), decodeBase64url(signature)];
  if (raw?.length !== 32 || signed?.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("raw", raw, ALGORITHM, false, ["verify"]);
    return await crypto.subtle.verify(ALGORITHM, key, signed, bytes);
  } catch {
    return false;
  }
}
