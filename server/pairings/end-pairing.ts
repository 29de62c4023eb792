import { and, eq, ne } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import { tellDevice, type End, type Word } from "../bus/word.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import { pairings, sessions } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { closeSession } from "../sessions/close-session.ts";

/** [P6] By either side; the session that is going on ends with it, in the same transaction. */
export async function endPairing(
  ctx: Context,
  side: { end: End; id: DeviceId },
  input: { pairing: PairingId; block: boolean },
): Promise<Outcome<Nothing>> {
  const now = ctx.clock.now();
  const own = and(eq(pairings.id, input.pairing), eq(pairings[side.end], side.id));
  const tell = await ctx.db.transaction(async (tx): Promise<Word[]> => {
    // Not "update": a missed call points at this row, by whoever holds its session's row already.
    const [before] = await tx.select().from(pairings).where(own).for("no key update");
    if (!before) throw new AppError("NOT_FOUND", "pairing: unknown or not yours");
    if (before.state !== "active" && (!input.block || before.state === "blocked")) return [];
    await tx
      .update(pairings)
      .set({
        state: input.block ? "blocked" : "ended",
        blockedBy: input.block ? side.end : null,
        endedAt: before.endedAt ?? now,
      })
      .where(own);
    const open = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.pairing, before.id), ne(sessions.state, "over")));
    const words: Word[] = [];
    for (const { id } of open)
      words.push(...(await closeSession(tx, id, "pairing-ended", side.end, now)));
    // After the sessions: everybody takes a session's row first, then the journal's turn.
    await appendToJournal(tx, before.beneficiary, now, {
      type: "pairing.ended",
      actorRole: side.end,
      refs: { pairing: before.id, helper: before.helper },
      data: { blocked: input.block },
    });
    const changed = { type: "pairing.changed" as const, pairing: before.id };
    return [...words, tellDevice(before.helper, changed), tellDevice(before.beneficiary, changed)];
  });
  return { reply: {}, tell };
}
