import { z } from "zod";

import { encodeBase64url, randomBytes } from "./bytes.ts";

/** 128 random bits, base64url: 22 characters. */
const RANDOM_ID = /^[A-Za-z0-9_-]{21}[AQgw]$/;
/** 32 bytes (a SHA-256), base64url: 43 characters. */
const HASH_ID = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

export const sessionIdSchema = z.string().regex(RANDOM_ID).brand("SessionId");
export const pairingIdSchema = z.string().regex(RANDOM_ID).brand("PairingId");
export const invitationIdSchema = z.string().regex(RANDOM_ID).brand("InvitationId");
export const attemptIdSchema = z.string().regex(RANDOM_ID).brand("AttemptId");
/** SHA-256 of the device's raw public key: the fingerprint is the identifier. */
export const deviceIdSchema = z.string().regex(HASH_ID).brand("DeviceId");
/** SHA-256 of the grant's statement bytes. */
export const grantIdSchema = z.string().regex(HASH_ID).brand("GrantId");
export const contentHashSchema = z.string().regex(HASH_ID).brand("ContentHash");

/** 32 random bytes: nonces, commitments and MACs share this shape. */
export const nonceSchema = z.string().regex(HASH_ID);

export type SessionId = z.infer<typeof sessionIdSchema>;
export type PairingId = z.infer<typeof pairingIdSchema>;
export type InvitationId = z.infer<typeof invitationIdSchema>;
export type AttemptId = z.infer<typeof attemptIdSchema>;
export type DeviceId = z.infer<typeof deviceIdSchema>;
export type GrantId = z.infer<typeof grantIdSchema>;
export type ContentHash = z.infer<typeof contentHashSchema>;

function randomId(): string {
  return encodeBase64url(randomBytes(16));
}

export const createSessionId = (): SessionId => sessionIdSchema.parse(randomId());
export const createPairingId = (): PairingId => pairingIdSchema.parse(randomId());
export const createInvitationId = (): InvitationId => invitationIdSchema.parse(randomId());
export const createAttemptId = (): AttemptId => attemptIdSchema.parse(randomId());
/** 32 random bytes, base64url. */
export const createNonce = (): string => encodeBase64url(randomBytes(32));
