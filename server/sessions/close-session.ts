import { and, eq, isNull, ne } from "drizzle-orm";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import type { PairingId, SessionId } from "../../shared/ids.ts";
import type { EndReason } from "../../shared/protocol/control.ts";
import { tellDevice, tellSession, type End, type Word } from "../bus/word.ts";
import type { Database } from "../db/client.ts";
import { grants, missedCalls, sessions } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";

export type SessionRow = typeof sessions.$inferSelect;

/** Refs of every journal row about a session. */
export function sessionRefs(row: SessionRow) {
  return { session: row.id, grant: row.grant, pairing: row.pairing, helper: row.helper };
}

/**
 * [S6] The one way in which a session ends, in the caller's transaction: session, grant and journal
 * row together. Returns what to say after the commit; nothing when it was over already.
 */
export async function closeSession(
  tx: Database,
  session: SessionId,
  reason: EndReason,
  by: End | "system",
  now: Date,
): Promise<Word[]> {
  const [row] = await tx
    .update(sessions)
    .set({ state: "over", endedAt: now, endReason: reason })
    .where(and(eq(sessions.id, session), ne(sessions.state, "over")))
    .returning();
  if (!row) return [];
  await tx
    .update(grants)
    .set({ endedAt: now })
    .where(and(eq(grants.id, row.grant), isNull(grants.endedAt)));
  const lasted = row.answeredAt === null ? 0 : now.getTime() - row.answeredAt.getTime();
  await appendToJournal(tx, row.beneficiary, now, {
    type: "session.ended",
    actorRole: by,
    refs: sessionRefs(row),
    data: { reason, seconds: Math.max(0, Math.floor(lasted / 1000)) },
  });
  if (reason === "missed") {
    const id = encodeBase64url(randomBytes(16));
    await tx.insert(missedCalls).values({ id, pairing: row.pairing, at: now });
  }
  return sayOver(row, reason);
}

/** Those of a pairing that are going on, before the journal's turn is taken. */
export async function closeSessionsOf(
  tx: Database,
  pairing: PairingId,
  reasons: { live: EndReason; ringing: EndReason },
  by: End,
  now: Date,
): Promise<Word[]> {
  const open = await tx
    .select({ id: sessions.id, state: sessions.state })
    .from(sessions)
    .where(and(eq(sessions.pairing, pairing), ne(sessions.state, "over")));
  const words: Word[] = [];
  for (const { id, state } of open) {
    const reason = state === "live" ? reasons.live : reasons.ringing;
    words.push(...(await closeSession(tx, id, reason, by, now)));
  }
  return words;
}

function sayOver(row: SessionRow, reason: EndReason): Word[] {
  const over = { type: "session.over" as const, session: row.id, reason };
  if (row.answeredAt === null)
    return [
      tellDevice(row.beneficiary, over),
      tellDevice(row.helper, {
        type: "ring.over",
        session: row.id,
        reason: reason === "missed" || reason === "declined" ? reason : "cancelled",
      }),
    ];
  return [
    tellDevice(row.beneficiary, over),
    tellDevice(row.helper, over),
    tellSession(row.id, { type: "over" }),
    // [A4] After the relay: the voice is the last to be told, and nobody waits for it.
    { to: "voice", session: row.id },
  ];
}
