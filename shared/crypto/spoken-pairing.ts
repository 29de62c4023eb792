import { type Bytes, decodeBase64url, encodeBase64url, utf8 } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { wordAt } from "../words/word-list.ts";
import { context } from "./context.ts";
import { rawPublicKey } from "./device-key.ts";
import { sha256 } from "./digest.ts";

type Role = "beneficiary" | "helper";

/** [P4] Binds a side to its key and nonce before either is known to the other. */
export async function commitTo(role: Role, key: string, nonce: string): Promise<string> {
  const committed = context("pair-commit", utf8(role), rawPublicKey(key), rawNonce(nonce));
  return encodeBase64url(await sha256(committed));
}

/** `false` also for a key, nonce or commitment that is not in form. */
export async function verifyCommitment(
  commitment: string,
  role: Role,
  key: string,
  nonce: string,
): Promise<boolean> {
  try {
    // Text form is canonical and a commitment is public: plain comparison is enough.
    return commitment === (await commitTo(role, key, nonce));
  } catch (cause) {
    if (cause instanceof AppError) return false;
    throw cause;
  }
}

/** [P4] The two words that both persons compare aloud: the first 20 bits. */
export async function pairWords(sides: {
  beneficiaryKey: string;
  beneficiaryNonce: string;
  helperKey: string;
  helperNonce: string;
}): Promise<[string, string]> {
  const digest = await sha256(
    context(
      "pair-words",
      rawPublicKey(sides.beneficiaryKey),
      rawNonce(sides.beneficiaryNonce),
      rawPublicKey(sides.helperKey),
      rawNonce(sides.helperNonce),
    ),
  );
  const bits = new DataView(digest.buffer).getUint32(0);
  return [wordAt(bits >>> 22), wordAt((bits >>> 12) & 1023)];
}

function rawNonce(nonce: string): Bytes {
  const bytes = decodeBase64url(nonce);
  if (bytes?.length !== 32) throw new AppError("BAD_MESSAGE", "nonce: not 32 bytes");
  return bytes;
}
