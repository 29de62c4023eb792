import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

import {
  type Bytes,
  concatBytes,
  encodeBase64url,
  randomBytes,
  sameBytes,
  utf8,
} from "../bytes.ts";
import { decodeBase64url } from "../bytes.ts";
import { AppError } from "../errors.ts";
import type { DeviceId, GrantId, SessionId } from "../ids.ts";
import { DIRECTION, type Direction, type End, MAX_EPOCH } from "../protocol/frame.ts";
import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import { context } from "./context.ts";
import { type DeviceKey, signWith, verifyFrom } from "./device-key.ts";
import { sha256 } from "./digest.ts";

/**
 * [L2] The second lock. The console sends a fresh KEM key, the extension answers with a secret
 * sealed to it; both are signed with the keys pinned at pairing, over the same context. Whatever
 * does not verify throws `AppError` FORGED. Nothing of it is ever stored ([L7]).
 */
const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const KEM_BYTES = 65;
const SECRET_BYTES = 32;
const SEALED_SECRET_BYTES = SECRET_BYTES + 16;
const SIGNATURE_BYTES = 64;
const HASH_BYTES = 32;
const EPOCH_BYTES = 4;
const HELLO_BYTES = EPOCH_BYTES + KEM_BYTES + SIGNATURE_BYTES;
const ANSWER_BYTES = EPOCH_BYTES + HASH_BYTES + KEM_BYTES + SEALED_SECRET_BYTES + SIGNATURE_BYTES;

export type LinkContext = {
  session: SessionId;
  beneficiary: DeviceId;
  helper: DeviceId;
  grant: GrantId;
};
/** One key per direction, by what this end does with it. */
export type LinkKeys = { seal: CryptoKey; open: CryptoKey };
export type Hello = { payload: Bytes; hash: Bytes; kem: CryptoKeyPair };

/** The console's. `lastEpoch`: the highest that it has seen in this session, 0 at first. */
export async function createHello(
  key: DeviceKey,
  link: LinkContext,
  lastEpoch: number,
): Promise<Hello> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const kem = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", kem.publicKey));
  const fields = [epochBytes(lastEpoch), publicKey];
  const signature = await signWith(key, "hello", ...contextFields(link), ...fields);
  const payload = concatBytes(...fields, signatureBytes(signature));
  return { payload, hash: await sha256(payload), kem };
}

/** The extension's. The new epoch is above what either end has seen. */
export async function answerHello(
  key: DeviceKey,
  helperPublicKey: string,
  link: LinkContext,
  hello: Bytes,
  lastEpoch: number,
): Promise<{ payload: Bytes; epoch: number; keys: LinkKeys }> {
  const take = cut(hello, HELLO_BYTES);
  const [seen, kemKey, signature] = [take(EPOCH_BYTES), take(KEM_BYTES), take(SIGNATURE_BYTES)];
  const signed = [...contextFields(link), seen, kemKey];
  if (!(await verifyFrom(helperPublicKey, encodeBase64url(signature), "hello", ...signed)))
    throw forged("hello: the signature does not verify");
  const epoch = Math.max(lastEpoch, readEpoch(seen)) + 1;
  if (epoch > MAX_EPOCH) throw forged("hello: no epoch is left");
  const secret = randomBytes(SECRET_BYTES);
  const { enc, ct } = await sealSecret(kemKey, link, secret);
  const fields = [epochBytes(epoch), await sha256(hello), enc, ct];
  const own = await signWith(key, "answer", ...contextFields(link), ...fields);
  const payload = concatBytes(...fields, signatureBytes(own));
  return { payload, epoch, keys: await deriveKeys(secret, hello, payload, "beneficiary") };
}

/** Whether an answer is to that hello. Says nothing about who wrote it. */
export function answersHello(answer: Bytes, helloHash: Bytes): boolean {
  return sameBytes(answer.subarray(EPOCH_BYTES, EPOCH_BYTES + HASH_BYTES), helloHash);
}

/** The console's. Refuses an epoch that is not above `lastEpoch`. */
export async function openAnswer(
  hello: Hello,
  beneficiaryPublicKey: string,
  link: LinkContext,
  answer: Bytes,
  lastEpoch: number,
): Promise<{ epoch: number; keys: LinkKeys }> {
  const take = cut(answer, ANSWER_BYTES);
  const epochField = take(EPOCH_BYTES);
  const hash = take(HASH_BYTES);
  const enc = take(KEM_BYTES);
  const ct = take(SEALED_SECRET_BYTES);
  const signature = take(SIGNATURE_BYTES);
  const signed = [...contextFields(link), epochField, hash, enc, ct];
  if (!(await verifyFrom(beneficiaryPublicKey, encodeBase64url(signature), "answer", ...signed)))
    throw forged("answer: the signature does not verify");
  if (!sameBytes(hash, hello.hash)) throw forged("answer: to another hello");
  const epoch = readEpoch(epochField);
  if (epoch <= lastEpoch) throw forged("answer: an epoch of the past");
  const secret = await openSecret(hello.kem, link, enc, ct);
  return { epoch, keys: await deriveKeys(secret, hello.payload, answer, "helper") };
}

async function sealSecret(
  kemKey: Bytes,
  link: LinkContext,
  secret: Bytes,
): Promise<{ enc: Bytes; ct: Bytes }> {
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(kemKey);
    const sealed = await suite.seal({ recipientPublicKey, info: secretInfo(link) }, secret);
    return { enc: new Uint8Array(sealed.enc), ct: new Uint8Array(sealed.ct) };
  } catch (cause) {
    throw new AppError("FORGED", "hello: not a KEM key", { cause });
  }
}

async function openSecret(
  recipientKey: CryptoKeyPair,
  link: LinkContext,
  enc: Bytes,
  ct: Bytes,
): Promise<Bytes> {
  try {
    return new Uint8Array(await suite.open({ recipientKey, enc, info: secretInfo(link) }, ct));
  } catch (cause) {
    throw new AppError("FORGED", "answer: the secret does not open", { cause });
  }
}

async function deriveKeys(secret: Bytes, hello: Bytes, answer: Bytes, end: End): Promise<LinkKeys> {
  const root = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  secret.fill(0);
  const salt = await sha256(context("link-transcript", hello, answer));
  const derive = (direction: Direction, usage: "encrypt" | "decrypt"): Promise<CryptoKey> =>
    crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt, info: context("link-key", Uint8Array.of(direction)) },
      root,
      { name: "AES-GCM", length: 256 },
      false,
      [usage],
    );
  const { TO_HELPER, TO_BENEFICIARY } = DIRECTION;
  return end === "beneficiary"
    ? { seal: await derive(TO_HELPER, "encrypt"), open: await derive(TO_BENEFICIARY, "decrypt") }
    : { seal: await derive(TO_BENEFICIARY, "encrypt"), open: await derive(TO_HELPER, "decrypt") };
}

function contextFields({ session, beneficiary, helper, grant }: LinkContext): Bytes[] {
  return [
    Uint8Array.of(PROTOCOL_VERSION),
    utf8(session),
    utf8(beneficiary),
    utf8(helper),
    utf8(grant),
  ];
}

function secretInfo(link: LinkContext): Bytes {
  return context("answer-secret", ...contextFields(link));
}

/** Hands out the fixed-length parts of a handshake message, which must be exactly `length` long. */
function cut(bytes: Bytes, length: number): (size: number) => Bytes {
  if (bytes.length !== length) throw forged("handshake: not of the right length");
  let at = 0;
  return (size) => {
    at += size;
    return bytes.slice(at - size, at);
  };
}

function epochBytes(epoch: number): Bytes {
  const bytes = new Uint8Array(EPOCH_BYTES);
  new DataView(bytes.buffer).setUint32(0, epoch);
  return bytes;
}

function readEpoch(bytes: Bytes): number {
  return new DataView(bytes.buffer, bytes.byteOffset, EPOCH_BYTES).getUint32(0);
}

function signatureBytes(signature: string): Bytes {
  const bytes = decodeBase64url(signature);
  if (!bytes) throw new Error("handshake: our own signature is not base64url");
  return bytes;
}

function forged(message: string): AppError {
  return new AppError("FORGED", message);
}
