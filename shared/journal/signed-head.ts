import { z } from "zod";

import { decodeBase64url, utf8 } from "../bytes.ts";
import { type DeviceKey, deviceIdOf, signWith, verifyFrom } from "../crypto/device-key.ts";
import { AppError } from "../errors.ts";
import type { DeviceId } from "../ids.ts";
import { type JournalHead, journalHeadSchema } from "./row.ts";

/** [J5] The beneficiary's device has read the journal up to here, and found it whole. */
export const signedHeadSchema = z.strictObject({
  ...journalHeadSchema.shape,
  /** ECDSA P-256 SHA-256, 64 bytes r‖s, base64url. */
  signature: z.base64url().length(86),
});
export type SignedHead = z.infer<typeof signedHeadSchema>;

export async function signHead(key: DeviceKey, head: JournalHead): Promise<SignedHead> {
  return { ...head, signature: await signWith(key, "journal-head", ...fieldsOf(key.id, head)) };
}

/** `false` also when the key is not the one of which the journal's device is named. */
export async function verifyHead(
  stream: DeviceId,
  publicKey: string,
  signed: SignedHead,
): Promise<boolean> {
  if (!(await isKeyOf(stream, publicKey))) return false;
  const { signature, ...head } = signed;
  return await verifyFrom(publicKey, signature, "journal-head", ...fieldsOf(stream, head));
}

async function isKeyOf(stream: DeviceId, publicKey: string): Promise<boolean> {
  try {
    return (await deviceIdOf(publicKey)) === stream;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function fieldsOf(stream: DeviceId, head: JournalHead): Uint8Array[] {
  const seq = new Uint8Array(8);
  new DataView(seq.buffer).setBigUint64(0, BigInt(head.seq));
  return [bytesOf(stream), seq, bytesOf(head.hash), utf8(head.at)];
}

function bytesOf(hash: string): Uint8Array {
  const bytes = decodeBase64url(hash);
  if (!bytes) throw new AppError("BAD_MESSAGE", "journal head: not in form");
  return bytes;
}
