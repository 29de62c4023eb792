import { z } from "zod";

import { ERROR_CODES } from "./errors.ts";
import { deviceIdSchema, invitationIdSchema, nonceSchema, pairingIdSchema } from "./ids.ts";
import {
  personNameSchema,
  publicKeySchema,
  signatureSchema,
  spokenCodeSchema,
} from "./protocol/control.ts";

/**
 * The helper's account, over HTTP with the sign-in cookie, same origin. Sign-in itself is
 * better-auth's, under /api/auth/. The beneficiary has no HTTP route: their device speaks on the
 * WebSocket (/ws) only.
 */

/** The code under /api/auth/ of a sign-in mail that the mail server did not take. */
export const MAIL_NOT_SENT = "MAIL_NOT_SENT";

/** Before the token of a link that proves an address, which is in the fragment: no server sees it. */
export const PROOF_LINK = "/?courriel#";

const instant = z.iso.datetime();

/** As long as a letter box can be named (RFC 5321). */
export const mailAddressSchema = z.email().max(254);

export const failureSchema = z.strictObject({
  code: z.enum(ERROR_CODES),
  request: z.string().max(64),
});

export const accountSchema = z.strictObject({
  id: z.string(),
  name: personNameSchema,
  /** Absent for an account made with a passkey alone, until its owner proves one. */
  email: z.email().optional(),
  /** Whether a passkey opens it: only then can it do without an address. */
  passkey: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

export const invitationSchema = z.strictObject({
  invitation: invitationIdSchema,
  code: spokenCodeSchema,
  device: deviceIdSchema,
  expiresAt: instant,
});
export type Invitation = z.infer<typeof invitationSchema>;

/** A pairing as the helper's console needs it: to check the MAC, pin the key, and show it. */
export const helperPairingSchema = z.strictObject({
  pairing: pairingIdSchema,
  device: deviceIdSchema,
  beneficiary: z.strictObject({ device: deviceIdSchema, key: publicKeySchema }),
  origin: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("link"), invitation: invitationIdSchema, mac: nonceSchema }),
    z.strictObject({ type: z.literal("code"), invitation: invitationIdSchema }),
  ]),
  state: z.enum(["active", "ended", "blocked"]),
  createdAt: instant,
});
export type HelperPairing = z.infer<typeof helperPairingSchema>;

const missedCallSchema = z.strictObject({
  call: z.string(),
  pairing: pairingIdSchema,
  at: instant,
});
export type MissedCall = z.infer<typeof missedCallSchema>;

/** [P10] What a beneficiary's trusted person is told. It names neither site, nor topic, nor helper. */
const trustNoticeSchema = z.strictObject({
  notice: z.string(),
  pairing: pairingIdSchema,
  kind: z.enum(["named", "released", "first-session"]),
  at: instant,
});
export type TrustNotice = z.infer<typeof trustNoticeSchema>;

const nothing = z.strictObject({});

/** Method and path → what goes in and what comes out. Both sides parse with these. */
export const httpApi = {
  "GET /api/config": {
    in: nothing,
    out: z.strictObject({
      playerUrl: z.url(),
      mail: z.boolean(),
      version: z.string(),
    }),
  },
  "GET /api/account": { in: nothing, out: accountSchema },
  "POST /api/account": { in: z.strictObject({ name: personNameSchema }), out: accountSchema },
  /** Mails a link to this address. The answer is the same when it is another account's. */
  "POST /api/account/mail": { in: z.strictObject({ address: mailAddressSchema }), out: nothing },
  "POST /api/account/mail/remove": { in: nothing, out: accountSchema },
  /** Needs no sign-in: the token says whose address it is. NOT_FOUND for whatever is wrong with it. */
  "POST /api/account/mail/prove": {
    in: z.strictObject({ token: z.string().max(200) }),
    out: z.strictObject({ address: mailAddressSchema }),
  },
  "POST /api/devices": {
    /** `signature`: over the origin and the account's id, purpose "device-register". */
    in: z.strictObject({ key: publicKeySchema, signature: signatureSchema }),
    out: z.strictObject({ device: deviceIdSchema }),
  },
  "GET /api/invitations": {
    in: nothing,
    out: z.strictObject({ invitations: z.array(invitationSchema) }),
  },
  /** The 128-bit secret of the link is made in the console and never comes here. */
  "POST /api/invitations": {
    in: z.strictObject({ device: deviceIdSchema }),
    out: invitationSchema,
  },
  "POST /api/invitations/cancel": {
    in: z.strictObject({ invitation: invitationIdSchema }),
    out: nothing,
  },
  "GET /api/pairings": {
    in: nothing,
    out: z.strictObject({ pairings: z.array(helperPairingSchema) }),
  },
  "POST /api/pairings/end": {
    in: z.strictObject({ pairing: pairingIdSchema, block: z.boolean() }),
    out: nothing,
  },
  "GET /api/calls": { in: nothing, out: z.strictObject({ calls: z.array(missedCallSchema) }) },
  "POST /api/calls/seen": { in: z.strictObject({ call: z.string().max(64) }), out: nothing },
  "GET /api/notices": {
    in: nothing,
    out: z.strictObject({ notices: z.array(trustNoticeSchema) }),
  },
  "POST /api/notices/seen": { in: z.strictObject({ notice: z.string().max(64) }), out: nothing },
} as const;
export type HttpRoute = keyof typeof httpApi;
