import { type Bytes, encodeBase64url } from "../bytes.ts";
import { type ContentHash, contentHashSchema } from "../ids.ts";

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The name of some bytes: SHA-256, base64url. */
export async function contentHashOf(bytes: Bytes): Promise<ContentHash> {
  return contentHashSchema.parse(encodeBase64url(await sha256(bytes)));
}
