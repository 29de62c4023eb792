import { type Bytes, decodeBase64url, encodeBase64url } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { type DeviceId, deviceIdSchema } from "../ids.ts";
import { context, type Purpose } from "./context.ts";
import { sha256 } from "./digest.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const PUBLIC_KEY_BYTES = 65;
const UNCOMPRESSED_POINT = 4;

export type DeviceKey = {
  id: DeviceId;
  /** Raw uncompressed point, base64url. */
  publicKey: string;
  /** Cannot be extracted, but a structured clone of it can be stored in IndexedDB. */
  privateKey: CryptoKey;
};

export async function createDeviceKey(): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return {
    id: await fingerprint(raw),
    publicKey: encodeBase64url(raw),
    privateKey: pair.privateKey,
  };
}

/** Throws `AppError` BAD_MESSAGE for anything but a point of the curve. */
export async function deviceIdOf(publicKey: string): Promise<DeviceId> {
  const raw = rawPublicKey(publicKey);
  await importPublicKey(raw);
  return fingerprint(raw);
}

/** The 65 bytes of a key. Throws `AppError` BAD_MESSAGE; does not say that they are on the curve. */
export function rawPublicKey(publicKey: string): Bytes {
  const raw = decodeBase64url(publicKey);
  if (raw?.length !== PUBLIC_KEY_BYTES || raw[0] !== UNCOMPRESSED_POINT)
    throw new AppError("BAD_MESSAGE", "public key: not an uncompressed P-256 point");
  return raw;
}

export async function signWith(
  key: DeviceKey,
  purpose: Purpose,
  ...fields: Uint8Array[]
): Promise<string> {
  const signed = context(purpose, ...fields);
  return encodeBase64url(
    new Uint8Array(await crypto.subtle.sign(SIGNATURE, key.privateKey, signed)),
  );
}

/** `false` also for a key or a signature that is not in form. */
export async function verifyFrom(
  publicKey: string,
  signature: string,
  purpose: Purpose,
  ...fields: Uint8Array[]
): Promise<boolean> {
  const bytes = decodeBase64url(signature);
  if (bytes?.length !== 64) return false;
  try {
    const key = await importPublicKey(rawPublicKey(publicKey));
    return await crypto.subtle.verify(SIGNATURE, key, bytes, context(purpose, ...fields));
  } catch (cause) {
    if (cause instanceof AppError) return false;
    throw cause;
  }
}

async function importPublicKey(raw: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", raw, ALGORITHM, true, ["verify"]);
  } catch (cause) {
    throw new AppError("BAD_MESSAGE", "public key: not on the curve", { cause });
  }
}

async function fingerprint(raw: Bytes): Promise<DeviceId> {
  return deviceIdSchema.parse(encodeBase64url(await sha256(raw)));
}
