import { z } from "zod";

import { type Bytes, decodeBase64url, fromUtf8, utf8 } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { contentHashSchema, deviceIdSchema, nonceSchema, sessionIdSchema } from "../ids.ts";
import { MAX_HOSTS, SESSION_GRANT_MS } from "../protocol/limits.ts";
import { hostSchema } from "../sites.ts";

/** [G1] What the beneficiary signs. The signature covers the bytes; nobody ever re-serialises them. */
export const statementSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal("SESSION"),
  session: sessionIdSchema,
  beneficiary: deviceIdSchema,
  helper: deviceIdSchema,
  hosts: z.array(hostSchema).min(1).max(MAX_HOSTS),
  /** Seconds, from the instant at which the server stores the grant. */
  seconds: z
    .int()
    .positive()
    .max(SESSION_GRANT_MS / 1000),
  /** SHA-256 of the consent text's bytes, as it stands in `consent-text.ts`. */
  text: contentHashSchema,
  /** From the server, 2 minutes at most before the signature. */
  nonce: nonceSchema,
});
export type Statement = z.infer<typeof statementSchema>;

/** A statement as it crosses every wire: its exact bytes and the device's signature, base64url. */
export const signedStatementSchema = z.strictObject({
  statement: z.base64url().max(4096),
  signature: z.base64url().length(86),
});
export type SignedStatement = z.infer<typeof signedStatementSchema>;

export function encodeStatement(statement: Statement): Bytes {
  return utf8(JSON.stringify(statementSchema.parse(statement)));
}

/** Throws `AppError` BAD_MESSAGE. Says nothing about the signature: `openStatement` in `crypto/` does. */
export function decodeStatement(encoded: string): { statement: Statement; bytes: Bytes } {
  const bytes = decodeBase64url(encoded);
  if (!bytes) throw new AppError("BAD_MESSAGE", "statement: not base64url");
  try {
    return { statement: statementSchema.parse(JSON.parse(fromUtf8(bytes))), bytes };
  } catch (cause) {
    throw new AppError("BAD_MESSAGE", "statement: not in form", { cause });
  }
}
