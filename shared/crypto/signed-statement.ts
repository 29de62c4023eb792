import { type Bytes, encodeBase64url } from "../bytes.ts";
import { AppError } from "../errors.ts";
import {
  decodeStatement,
  encodeStatement,
  type SignedStatement,
  type Statement,
} from "../grants/statement.ts";
import { type GrantId, grantIdSchema } from "../ids.ts";
import { type DeviceKey, deviceIdOf, signWith, verifyFrom } from "./device-key.ts";
import { sha256 } from "./digest.ts";

/** [G1] The beneficiary's gesture, in bytes. Throws `AppError` when the statement is not this key's. */
export async function signStatement(
  key: DeviceKey,
  statement: Statement,
): Promise<SignedStatement> {
  if (statement.beneficiary !== key.id)
    throw new AppError("BAD_MESSAGE", "statement: another device's");
  const bytes = encodeStatement(statement);
  return { statement: encodeBase64url(bytes), signature: await signWith(key, "grant", bytes) };
}

/**
 * [G1] Throws `AppError` BAD_MESSAGE for what is not a statement, and FORGED when the signature
 * does not verify or the statement names another beneficiary than the key's.
 */
export async function openStatement(
  signed: SignedStatement,
  beneficiaryPublicKey: string,
): Promise<{ statement: Statement; grant: GrantId; bytes: Bytes }> {
  const { statement, bytes } = decodeStatement(signed.statement);
  if (!(await verifyFrom(beneficiaryPublicKey, signed.signature, "grant", bytes)))
    throw new AppError("FORGED", "statement: the signature does not verify");
  if (statement.beneficiary !== (await deviceIdOf(beneficiaryPublicKey)))
    throw new AppError("FORGED", "statement: another device's");
  const grant = grantIdSchema.parse(encodeBase64url(await sha256(bytes)));
  return { statement, grant, bytes };
}
