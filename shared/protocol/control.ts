import { z } from "zod";

import { ERROR_CODES } from "../errors.ts";
import { signedStatementSchema } from "../grants/statement.ts";
import {
  attemptIdSchema,
  contentHashSchema,
  deviceIdSchema,
  grantIdSchema,
  invitationIdSchema,
  nonceSchema,
  pairingIdSchema,
  sessionIdSchema,
} from "../ids.ts";
import { afterSchema, journalHeadSchema, journalRowSchema, seqSchema } from "../journal/row.ts";
import { signedHeadSchema } from "../journal/signed-head.ts";
import { signedReceiptSchema } from "../receipts/signed-receipt.ts";
import { hostSchema } from "../sites.ts";

/**
 * Control messages: JSON text on the one WebSocket, between a device and the server.
 * What two devices say to each other is in `peer.ts`, sealed, and never here.
 * A request carries `id`; the server answers it once, with `done` or `failed`.
 */

const id = z.int().nonnegative();
/** Raw uncompressed P-256 public key (65 bytes), base64url. */
export const publicKeySchema = z.base64url().length(87);
/** ECDSA P-256 SHA-256, 64 bytes r‖s, base64url. */
export const signatureSchema = z.base64url().length(86);
/** 8 digits, said aloud in two groups of four. It finds an invitation and is no secret. */
export const spokenCodeSchema = z.string().regex(/^\d{8}$/);
/**
 * [P7] A person's name, as they wrote it: on one line, with a letter or a digit that can be seen, and
 * nothing that can't, but the joiners that some scripts need.
 */
export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^(?:[^\p{C}\u00ad\u2028\u2029\u115f\u1160\u3164\uffa0\u2800]|[\u200c\u200d])*$/u)
  .regex(/[\p{L}\p{N}]/u);
const bytes32Schema = nonceSchema;

export const endReasonSchema = z.enum([
  "stopped",
  "declined",
  "missed",
  "cancelled",
  "revoked",
  "expired",
  "left",
  "lost",
  "refused",
  "pairing-ended",
  "forged",
]);
export type EndReason = z.infer<typeof endReasonSchema>;

export const pauseReasonSchema = z.enum([
  "asked",
  "left-site",
  "hidden",
  "banner-removed",
  "mask-failed",
  "break",
]);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** Whom the server says the helper is. `check` is how that was checked; nothing checks it yet. */
export const helperCardSchema = z.strictObject({
  name: personNameSchema,
  role: z.enum(["relative", "volunteer", "mediator"]),
  check: z.enum(["none"]),
});
export type HelperCard = z.infer<typeof helperCardSchema>;

const proof = z.strictObject({
  id,
  type: z.literal("device.prove"),
  role: z.enum(["beneficiary", "helper"]),
  key: publicKeySchema,
  /** Over the server's nonce, its origin and the role ([C1]). */
  signature: signatureSchema,
});

const beneficiaryRequest = [
  z.strictObject({ id, type: z.literal("invitation.open"), invitation: invitationIdSchema }),
  z.strictObject({
    id,
    type: z.literal("pairing.redeem"),
    invitation: invitationIdSchema,
    mac: bytes32Schema,
  }),
  z.strictObject({
    id,
    type: z.literal("pairing.begin"),
    code: spokenCodeSchema,
    commitment: bytes32Schema,
  }),
  z.strictObject({ id, type: z.literal("pairing.list") }),
  /** [P8] */
  z.strictObject({
    id,
    type: z.literal("pairing.pause"),
    pairing: pairingIdSchema,
    paused: z.boolean(),
  }),
  /** [P9] By device: there may be no pairing left between the two. */
  z.strictObject({ id, type: z.literal("pairing.unblock"), helper: deviceIdSchema }),
  /** [P10] One at most; `null`: nobody any more. */
  z.strictObject({ id, type: z.literal("trust.name"), pairing: pairingIdSchema.nullable() }),
  z.strictObject({ id, type: z.literal("session.nonce") }),
  z.strictObject({
    id,
    type: z.literal("session.request"),
    pairing: pairingIdSchema,
    grant: signedStatementSchema,
    /** [E5] SHA-256 of the code of the link that the receipt prints. */
    lost: contentHashSchema.optional(),
  }),
  /** [E4] The receipt of a grant that this device gave. */
  z.strictObject({ id, type: z.literal("receipt.read"), grant: grantIdSchema }),
  z.strictObject({ id, type: z.literal("call.leave"), pairing: pairingIdSchema }),
  z.strictObject({
    id,
    type: z.literal("session.report"),
    session: sessionIdSchema,
    fact: z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("page.entered"), host: hostSchema }),
      z.strictObject({ type: z.literal("session.paused"), reason: pauseReasonSchema }),
      z.strictObject({ type: z.literal("session.resumed") }),
    ]),
  }),
  /** [J4] Its own journal; no other can be named. `after`: the rows up to this one are known. */
  z.strictObject({ id, type: z.literal("journal.read"), after: afterSchema }),
  /** [J5] */
  z.strictObject({ id, type: z.literal("journal.sign"), head: signedHeadSchema }),
  /** [J7] The person says that this row is not right. */
  z.strictObject({ id, type: z.literal("journal.contest"), row: seqSchema }),
] as const;

const helperRequest = [
  z.strictObject({
    id,
    type: z.literal("pairing.answer"),
    attempt: attemptIdSchema,
    commitment: bytes32Schema,
  }),
  z.strictObject({ id, type: z.literal("session.answer"), session: sessionIdSchema }),
  z.strictObject({ id, type: z.literal("session.decline"), session: sessionIdSchema }),
] as const;

const eitherRequest = [
  z.strictObject({
    id,
    type: z.literal("pairing.reveal"),
    attempt: attemptIdSchema,
    key: publicKeySchema,
    nonce: bytes32Schema,
  }),
  z.strictObject({ id, type: z.literal("pairing.confirm"), attempt: attemptIdSchema }),
  z.strictObject({ id, type: z.literal("pairing.cancel"), attempt: attemptIdSchema }),
  z.strictObject({
    id,
    type: z.literal("pairing.end"),
    pairing: pairingIdSchema,
    block: z.boolean(),
  }),
  z.strictObject({ id, type: z.literal("session.current") }),
  z.strictObject({ id, type: z.literal("relay.join"), session: sessionIdSchema }),
  /** [A2] A token for the session's voice room, made if need be. `NO_VOICE`: try again later. */
  z.strictObject({ id, type: z.literal("voice.join"), session: sessionIdSchema }),
  z.strictObject({
    id,
    type: z.literal("session.end"),
    session: sessionIdSchema,
    reason: endReasonSchema,
  }),
] as const;

export const clientMessageSchema = z.discriminatedUnion("type", [
  proof,
  ...beneficiaryRequest,
  ...helperRequest,
  ...eitherRequest,
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;
export type ClientMessageType = ClientMessage["type"];

const pairingSchema = z.strictObject({
  pairing: pairingIdSchema,
  state: z.enum(["active", "ended", "blocked"]),
  /** While it is active: whom the server says the helper is now. */
  card: helperCardSchema.optional(),
});

const currentSessionSchema = z.strictObject({
  session: sessionIdSchema,
  pairing: pairingIdSchema,
  state: z.enum(["ringing", "live"]),
  grant: signedStatementSchema,
  /** Milliseconds until the ring or the grant ends, by the server's clock. */
  remaining: z.int().nonnegative(),
});
export type CurrentSession = z.infer<typeof currentSessionSchema>;

const nothing = z.strictObject({});

/** What `done` carries, by the type of the request. */
export const replySchemas = {
  "device.prove": z.strictObject({ device: deviceIdSchema }),
  "invitation.open": z.strictObject({
    helper: helperCardSchema,
    key: publicKeySchema,
    /** Milliseconds that the invitation is still good for. */
    remaining: z.int().nonnegative(),
  }),
  "pairing.redeem": z.strictObject({ pairing: pairingIdSchema }),
  "pairing.begin": z.strictObject({ attempt: attemptIdSchema, helper: helperCardSchema }),
  "pairing.list": z.strictObject({ pairings: z.array(pairingSchema) }),
  "pairing.pause": nothing,
  "pairing.unblock": nothing,
  "trust.name": nothing,
  "pairing.answer": nothing,
  "pairing.reveal": nothing,
  "pairing.confirm": nothing,
  "pairing.cancel": nothing,
  "pairing.end": nothing,
  "session.nonce": z.strictObject({ nonce: bytes32Schema }),
  "session.request": z.strictObject({
    remaining: z.int().nonnegative(),
    /** [E1] */
    receipt: signedReceiptSchema,
  }),
  "receipt.read": z.strictObject({ receipt: signedReceiptSchema }),
  "call.leave": nothing,
  "session.report": nothing,
  "journal.read": z.strictObject({
    /** As many as a message takes. */
    rows: z.array(journalRowSchema),
    /** The last row that there is; `null` where there is none. */
    head: journalHeadSchema.nullable(),
    /** [J7] Whom to write to, where the server says so: a mail address. */
    contact: z.email().nullable(),
  }),
  "journal.sign": nothing,
  "journal.contest": nothing,
  "session.answer": currentSessionSchema,
  "session.decline": nothing,
  "session.current": z.strictObject({
    current: currentSessionSchema.nullable(),
    /** [S6] Where none goes on, how the last one ended: the word of it may have been missed. */
    last: z.strictObject({ session: sessionIdSchema, reason: endReasonSchema }).optional(),
  }),
  /** `peer`: whether the other end is in the relay now. */
  "relay.join": z.strictObject({ peer: z.boolean() }),
  "voice.join": z.strictObject({
    /** LiveKit's WebSocket address, for a browser. */
    url: z.url({ protocol: /^wss?$/ }),
    token: z.string().min(1).max(4096),
  }),
  "session.end": nothing,
} as const satisfies Record<ClientMessageType, z.ZodType>;
export type Reply<T extends ClientMessageType> = z.infer<(typeof replySchemas)[T]>;

export const serverMessageSchema = z.discriminatedUnion("type", [
  /** First on every socket. `origin` is the server's PUBLIC_URL origin: the client compares it with its own. */
  z.strictObject({
    type: z.literal("server.hello"),
    version: z.int(),
    nonce: bytes32Schema,
    origin: z.url(),
  }),
  z.strictObject({ type: z.literal("done"), re: id, data: z.unknown() }),
  z.strictObject({
    type: z.literal("failed"),
    re: id,
    code: z.enum(ERROR_CODES),
    request: z.string().max(64),
  }),
  /** Every 5 s: the connection is alive and the grant, where there is one, is still in force. */
  z.strictObject({ type: z.literal("beat") }),
  /** To the helper: somebody types one of their codes. */
  z.strictObject({
    type: z.literal("pairing.begun"),
    attempt: attemptIdSchema,
    invitation: invitationIdSchema,
    commitment: bytes32Schema,
  }),
  z.strictObject({
    type: z.literal("pairing.answered"),
    attempt: attemptIdSchema,
    commitment: bytes32Schema,
  }),
  z.strictObject({
    type: z.literal("pairing.revealed"),
    attempt: attemptIdSchema,
    key: publicKeySchema,
    nonce: bytes32Schema,
  }),
  /** Both have confirmed: the pairing exists. */
  z.strictObject({
    type: z.literal("pairing.made"),
    attempt: attemptIdSchema,
    pairing: pairingIdSchema,
  }),
  /** The attempt is over without a pairing; its code is burnt. */
  z.strictObject({ type: z.literal("pairing.failed"), attempt: attemptIdSchema }),
  /** To the helper: an invitation link of theirs was redeemed (ask `GET /api/pairings`). */
  z.strictObject({ type: z.literal("pairing.changed"), pairing: pairingIdSchema }),
  /** [P10] To somebody's trusted person: there is something to read (ask `GET /api/notices`). */
  z.strictObject({ type: z.literal("trust.told"), pairing: pairingIdSchema }),
  /** To the helper's console. */
  z.strictObject({ type: z.literal("ring"), call: currentSessionSchema }),
  /** To the helper: no longer ringing here. */
  z.strictObject({
    type: z.literal("ring.over"),
    session: sessionIdSchema,
    reason: z.enum(["cancelled", "missed", "elsewhere", "declined"]),
  }),
  /** To the beneficiary: the helper answered; the relay can be joined. */
  z.strictObject({ type: z.literal("session.answered"), session: sessionIdSchema }),
  z.strictObject({
    type: z.literal("session.over"),
    session: sessionIdSchema,
    reason: endReasonSchema,
  }),
  z.strictObject({
    type: z.literal("relay.peer"),
    session: sessionIdSchema,
    present: z.boolean(),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
