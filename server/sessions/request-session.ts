import { and, count, eq, gt } from "drizzle-orm";

import { openStatement } from "../../shared/crypto/signed-statement.ts";
import { AppError } from "../../shared/errors.ts";
import { type ConsentText, findConsentText } from "../../shared/grants/consent-text.ts";
import type { SignedStatement, Statement } from "../../shared/grants/statement.ts";
import type { ContentHash, DeviceId, GrantId, PairingId } from "../../shared/ids.ts";
import { RING_MS } from "../../shared/protocol/limits.ts";
import type { SignedReceipt } from "../../shared/receipts/signed-receipt.ts";
import { deviceTopic, tellDevice } from "../bus/word.ts";
import type { Context, Outcome } from "../context.ts";
import type { Database } from "../db/client.ts";
import { consentTexts, grantHosts, grants, sessions } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { keepLostLink } from "../lost/lost-links.ts";
import {
  findActivePairing,
  lockActivePairing,
  type PairingRow,
} from "../pairings/list-pairings.ts";
import { asConflict } from "../pairings/make-pairing.ts";
import { CAPABILITIES, issueReceipt, VOICE } from "../receipts/receipts.ts";
import { sessionRefs, type SessionRow } from "./close-session.ts";
import { toCurrentSession } from "./current-session.ts";

/** [S2] */
const RINGS = 5;
const RINGS_WINDOW_MS = 600_000;

export interface Asker {
  id: DeviceId;
  publicKey: string;
  /** [G4] Whether this nonce was given to this socket lately; it is good once. */
  takeNonce(nonce: string): boolean;
}

/** [S1] The beneficiary's gesture, and all that follows from it, in one transaction ([G6]). */
export async function requestSession(
  ctx: Context,
  asker: Asker,
  input: { pairing: PairingId; grant: SignedStatement; lost?: ContentHash | undefined },
): Promise<Outcome<{ remaining: number; receipt: SignedReceipt }>> {
  const pairing = await findActivePairing(ctx.db, asker.id, input.pairing);
  const { statement, grant } = await openStatement(input.grant, asker.publicKey);
  if (statement.helper !== pairing.helper)
    throw new AppError("NO_GRANT", "grant: names another helper");
  const text = findConsentText(statement.text);
  if (!text) throw new AppError("NO_GRANT", "grant: unknown text");
  if (new Set(statement.hosts).size !== statement.hosts.length)
    throw new AppError("BAD_MESSAGE", "grant: a host twice");
  if (!asker.takeNonce(statement.nonce))
    throw new AppError("NO_GRANT", "grant: its nonce is unknown, old or used");
  if ((await ctx.bus.listeners(deviceTopic(pairing.helper))) === 0)
    throw new AppError("AWAY", "session: the helper is not connected");

  const now = ctx.clock.now();
  const stored = await asConflict(() =>
    ctx.db.transaction(async (tx) => {
      await assertMayRing(tx, pairing, now);
      await tx.insert(consentTexts).values(text).onConflictDoNothing();
      if (input.lost !== undefined) await keepLostLink(tx, pairing.beneficiary, input.lost, now);
      const asked = { pairing, statement, grant, signed: input.grant, text, now };
      return await insertSession(ctx, tx, asked);
    }),
  );
  const call = toCurrentSession(stored.session, stored.grant, now);
  return {
    reply: { remaining: call.remaining, receipt: stored.receipt },
    tell: [tellDevice(pairing.helper, { type: "ring", call })],
  };
}

async function assertMayRing(tx: Database, pairing: PairingRow, now: Date): Promise<void> {
  await lockActivePairing(tx, pairing.id);
  const [rings] = await tx
    .select({ times: count() })
    .from(sessions)
    .where(
      and(
        eq(sessions.pairing, pairing.id),
        gt(sessions.requestedAt, new Date(now.getTime() - RINGS_WINDOW_MS)),
      ),
    );
  if (rings && rings.times >= RINGS) throw new AppError("TOO_MANY", "session: 5 rings in 10 min");
}

async function insertSession(
  ctx: Context,
  tx: Database,
  asked: {
    pairing: PairingRow;
    statement: Statement;
    grant: GrantId;
    signed: SignedStatement;
    text: ConsentText;
    now: Date;
  },
): Promise<{ session: SessionRow; grant: typeof grants.$inferSelect; receipt: SignedReceipt }> {
  const { pairing, statement, signed, now } = asked;
  const expiresAt = new Date(now.getTime() + statement.seconds * 1000);
  const [grant] = await tx
    .insert(grants)
    .values({
      id: asked.grant,
      pairing: pairing.id,
      statement: signed.statement,
      signature: signed.signature,
      text: statement.text,
      givenAt: now,
      expiresAt,
    })
    .returning();
  await tx.insert(grantHosts).values(statement.hosts.map((host) => ({ grant: asked.grant, host })));
  const [session] = await tx
    .insert(sessions)
    .values({
      id: statement.session,
      pairing: pairing.id,
      grant: asked.grant,
      beneficiary: pairing.beneficiary,
      helper: pairing.helper,
      state: "ringing",
      requestedAt: now,
      ringUntil: new Date(Math.min(now.getTime() + RING_MS, expiresAt.getTime())),
    })
    .returning();
  if (!grant || !session) throw new AppError("INTERNAL", "session: not stored");
  const refs = sessionRefs(session);
  const { hosts, text } = statement;
  const { signed: receipt, sha256 } = await issueReceipt(
    ctx,
    tx,
    {
      id: asked.grant,
      kind: statement.kind,
      session: session.id,
      beneficiary: pairing.beneficiary,
      helper: pairing.helper,
      hosts,
      topics: [],
      capabilities: asked.text.voice ? [...CAPABILITIES, VOICE] : CAPABILITIES,
      text,
      givenAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
    },
    asked.text.language,
  );
  await appendToJournal(
    tx,
    pairing.beneficiary,
    now,
    {
      type: "grant.given",
      actorRole: "beneficiary",
      refs,
      data: { hosts, expiresAt: expiresAt.toISOString(), text },
    },
    { type: "receipt.issued", actorRole: "system", refs, data: { sha256 } },
    { type: "session.requested", actorRole: "beneficiary", refs, data: {} },
  );
  return { session, grant, receipt };
}
