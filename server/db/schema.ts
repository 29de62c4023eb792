import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

import type {
  AttemptId,
  ContentHash,
  DeviceId,
  GrantId,
  PairingId,
  SessionId,
} from "../../shared/ids.ts";
import type { EndReason } from "../../shared/protocol/control.ts";
import type { Host } from "../../shared/sites.ts";
import { authUsers } from "./auth-schema.ts";

export * from "./auth-schema.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** One browser with one key. A beneficiary's is stored when it is first paired, never before. */
export const devices = pgTable(
  "devices",
  {
    id: text("id").$type<DeviceId>().primaryKey(),
    publicKey: text("public_key").notNull(),
    role: text("role").$type<"beneficiary" | "helper">().notNull(),
    /** The helper's account; a beneficiary has none. */
    account: text("account").references(() => authUsers.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    /** [E5] Declared lost: its key proves nothing any more. */
    retiredAt: instant("retired_at"),
  },
  (table) => [index("devices_account").on(table.account)],
);

export const invitations = pgTable(
  "invitations",
  {
    /** The link's identifier is derived from this one with AUTH_SECRET, and only its hash is stored. */
    id: text("id").primaryKey(),
    identifierHash: text("identifier_hash").notNull().unique(),
    code: text("code").notNull(),
    device: text("device")
      .$type<DeviceId>()
      .notNull()
      .references(() => devices.id, { onDelete: "cascade" }),
    state: text("state")
      .$type<"open" | "pairing" | "used" | "burnt" | "cancelled" | "expired">()
      .notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    index("invitations_device").on(table.device, table.createdAt),
    uniqueIndex("invitations_open_code")
      .on(table.code)
      .where(sql`state in ('open', 'pairing')`),
  ],
);

/** A pairing by code that is under way, so that the two devices may be on different nodes. */
export const pairingAttempts = pgTable(
  "pairing_attempts",
  {
    id: text("id").$type<AttemptId>().primaryKey(),
    invitation: text("invitation")
      .notNull()
      .references(() => invitations.id, { onDelete: "cascade" }),
    beneficiary: text("beneficiary").$type<DeviceId>().notNull(),
    beneficiaryKey: text("beneficiary_key").notNull(),
    beneficiaryCommitment: text("beneficiary_commitment").notNull(),
    beneficiaryRevealed: boolean("beneficiary_revealed").notNull().default(false),
    beneficiaryConfirmed: boolean("beneficiary_confirmed").notNull().default(false),
    helper: text("helper").$type<DeviceId>().notNull(),
    helperCommitment: text("helper_commitment"),
    helperRevealed: boolean("helper_revealed").notNull().default(false),
    helperConfirmed: boolean("helper_confirmed").notNull().default(false),
    state: text("state").$type<"begun" | "made" | "failed">().notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    index("pairing_attempts_begun")
      .on(table.expiresAt)
      .where(sql`state = 'begun'`),
  ],
);

export const pairings = pgTable(
  "pairings",
  {
    id: text("id").$type<PairingId>().primaryKey(),
    beneficiary: text("beneficiary")
      .$type<DeviceId>()
      .notNull()
      .references(() => devices.id),
    helper: text("helper")
      .$type<DeviceId>()
      .notNull()
      .references(() => devices.id),
    invitation: text("invitation")
      .notNull()
      .references(() => invitations.id),
    origin: text("origin").$type<"link" | "code">().notNull(),
    /** By link: proves to the console that the key came from whoever had the link. */
    mac: text("mac"),
    state: text("state").$type<"active" | "ended" | "blocked">().notNull(),
    blockedBy: text("blocked_by").$type<"beneficiary" | "helper" | "both">(),
    /** [P8] Nobody can be called over it until the beneficiary resumes it. */
    pausedAt: instant("paused_at"),
    /** [P10] This helper is the beneficiary's trusted person. */
    trustedAt: instant("trusted_at"),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("pairings_active")
      .on(table.beneficiary, table.helper)
      .where(sql`state = 'active'`),
    uniqueIndex("pairings_one_trusted")
      .on(table.beneficiary)
      .where(sql`trusted_at is not null`),
    index("pairings_helper").on(table.helper),
  ],
);

/** The exact texts that were shown, by hash; never edited. */
export const consentTexts = pgTable("consent_texts", {
  hash: text("hash").$type<ContentHash>().primaryKey(),
  language: text("language").notNull(),
  version: integer("version").notNull(),
  body: text("body").notNull(),
});

export const grants = pgTable("grants", {
  id: text("id").$type<GrantId>().primaryKey(),
  pairing: text("pairing")
    .$type<PairingId>()
    .notNull()
    .references(() => pairings.id),
  /** The exact bytes that were signed, base64url. */
  statement: text("statement").notNull(),
  signature: text("signature").notNull(),
  text: text("text")
    .$type<ContentHash>()
    .notNull()
    .references(() => consentTexts.hash),
  givenAt: instant("given_at").notNull(),
  /** Computed once. In force while now < expires_at and ended_at is null. */
  expiresAt: instant("expires_at").notNull(),
  endedAt: instant("ended_at"),
});

export const grantHosts = pgTable(
  "grant_hosts",
  {
    grant: text("grant_id")
      .$type<GrantId>()
      .notNull()
      .references(() => grants.id),
    host: text("host").$type<Host>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.grant, table.host] })],
);

export const sessions = pgTable(
  "sessions",
  {
    id: text("id").$type<SessionId>().primaryKey(),
    pairing: text("pairing")
      .$type<PairingId>()
      .notNull()
      .references(() => pairings.id),
    grant: text("grant_id")
      .$type<GrantId>()
      .notNull()
      .unique()
      .references(() => grants.id),
    beneficiary: text("beneficiary").$type<DeviceId>().notNull(),
    helper: text("helper").$type<DeviceId>().notNull(),
    state: text("state").$type<"ringing" | "live" | "over">().notNull(),
    requestedAt: instant("requested_at").notNull(),
    ringUntil: instant("ring_until").notNull(),
    answeredAt: instant("answered_at"),
    /** When each end was last in the relay; a longer break than LONG_BREAK_MS ends the session. */
    beneficiarySeenAt: instant("beneficiary_seen_at"),
    helperSeenAt: instant("helper_seen_at"),
    endedAt: instant("ended_at"),
    endReason: text("end_reason").$type<EndReason>(),
  },
  (table) => [
    index("sessions_pairing").on(table.pairing, table.requestedAt),
    uniqueIndex("sessions_one_per_beneficiary")
      .on(table.beneficiary)
      .where(sql`state <> 'over'`),
    index("sessions_helper_open")
      .on(table.helper)
      .where(sql`state <> 'over'`),
  ],
);

export const missedCalls = pgTable(
  "missed_calls",
  {
    id: text("id").primaryKey(),
    pairing: text("pairing")
      .$type<PairingId>()
      .notNull()
      .references(() => pairings.id),
    at: instant("at").notNull(),
    seenAt: instant("seen_at"),
  },
  (table) => [index("missed_calls_pairing").on(table.pairing)],
);

/** [P10] What a trusted person's console has to say, until it was read. */
export const trustNotices = pgTable(
  "trust_notices",
  {
    id: text("id").primaryKey(),
    /** The trusted person's own. */
    pairing: text("pairing")
      .$type<PairingId>()
      .notNull()
      .references(() => pairings.id),
    kind: text("kind").$type<"named" | "released" | "first-session">().notNull(),
    at: instant("at").notNull(),
    seenAt: instant("seen_at"),
  },
  (table) => [index("trust_notices_pairing").on(table.pairing)],
);

/** [J1] Append-only by trigger (`migrations/`), one hash chain per beneficiary device. */
export const journal = pgTable(
  "journal",
  {
    stream: text("stream").$type<DeviceId>().notNull(),
    seq: integer("seq").notNull(),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
    at: instant("at").notNull(),
    type: text("type").notNull(),
    actorRole: text("actor_role").notNull(),
    refs: jsonb("refs").$type<Record<string, string>>().notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.seq] })],
);

/** [J5] Journal heads that the beneficiary's device signed. Append-only by trigger, too. */
export const journalHeads = pgTable(
  "journal_heads",
  {
    stream: text("stream").$type<DeviceId>().notNull(),
    seq: integer("seq").notNull(),
    hash: text("hash").notNull(),
    at: instant("at").notNull(),
    signature: text("signature").notNull(),
    /** The stream is its fingerprint: what proves the signature outlives the device's own row. */
    publicKey: text("public_key").notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.seq] })],
);

/** [E2] The keys that sign receipts, those of before too: what each has signed stays to be checked. */
export const receiptKeys = pgTable("receipt_keys", {
  id: text("id").$type<ContentHash>().primaryKey(),
  publicKey: text("public_key").notNull(),
  /** Sealed with AUTH_SECRET. */
  sealedSecret: text("sealed_secret").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** [E1] The exact bytes of each receipt; their hash is in the journal as well. */
export const receipts = pgTable("receipts", {
  grant: text("grant_id")
    .$type<GrantId>()
    .primaryKey()
    .references(() => grants.id),
  beneficiary: text("beneficiary").$type<DeviceId>().notNull(),
  receipt: text("receipt").notNull(),
  sha256: text("sha256").$type<ContentHash>().notNull(),
  key: text("key_id")
    .$type<ContentHash>()
    .notNull()
    .references(() => receiptKeys.id),
  signature: text("signature").notNull(),
  issuedAt: instant("issued_at").notNull(),
});

/** [E5] The link on a printed receipt, by hash: only the paper and the extension have it. */
export const lostLinks = pgTable(
  "lost_links",
  {
    hash: text("hash").$type<ContentHash>().primaryKey(),
    device: text("device")
      .$type<DeviceId>()
      .notNull()
      .references(() => devices.id),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [index("lost_links_device").on(table.device)],
);

/** [A2] The LiveKit room of a session. It is closed once LiveKit has said that there is no such room. */
export const voiceRooms = pgTable(
  "voice_rooms",
  {
    /** 128 random bits. */
    name: text("name").primaryKey(),
    session: text("session_id")
      .$type<SessionId>()
      .notNull()
      .unique()
      .references(() => sessions.id),
    askedAt: instant("asked_at").notNull(),
    /** When LiveKit first had it; the journal's `voice.opened` is of the same transaction. */
    openedAt: instant("opened_at"),
    closedAt: instant("closed_at"),
    /** Who takes the next try at closing it counts up: of two nodes, one does it. */
    tries: integer("tries").notNull().default(0),
    nextTryAt: instant("next_try_at"),
    /** What LiveKit's webhooks say: they corroborate, nothing is decided by them. */
    beneficiaryJoinedAt: instant("beneficiary_joined_at"),
    beneficiaryLeftAt: instant("beneficiary_left_at"),
    helperJoinedAt: instant("helper_joined_at"),
    helperLeftAt: instant("helper_left_at"),
  },
  (table) => [
    index("voice_rooms_open")
      .on(table.nextTryAt)
      .where(sql`closed_at is null`),
  ],
);

/** [A4] The webhooks of LiveKit that were taken lately: each one once. */
export const voiceEvents = pgTable(
  "voice_events",
  { id: text("id").primaryKey(), at: instant("at").notNull() },
  (table) => [index("voice_events_at").on(table.at)],
);

/** What was tried lately, by hashed key, so that a limit holds across nodes. */
export const attempts = pgTable(
  "attempts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    key: text("key").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [index("attempts_key").on(table.key, table.at)],
);
