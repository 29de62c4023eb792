import { and, eq } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import { countAttempt } from "../attempts.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import { pairings } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { closeSessionsOf } from "../sessions/close-session.ts";

/** Far more than a person changes their circle in 10 minutes: a journal is not to be filled. */
const CHANGES = 60;

/**
 * [P8] By the beneficiary alone; a session that is going on ends with it, in the same transaction. The
 * helper is not told: they only are not called, and nobody has to answer for a pause.
 */
export async function pausePairing(
  ctx: Context,
  beneficiary: DeviceId,
  input: { pairing: PairingId; paused: boolean },
): Promise<Outcome<Nothing>> {
  await countAttempt(ctx, `pause:${beneficiary}`, CHANGES);
  const now = ctx.clock.now();
  const { pairing: id, paused } = input;
  const tell = await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(pairings)
      .where(
        and(
          eq(pairings.id, id),
          eq(pairings.beneficiary, beneficiary),
          eq(pairings.state, "active"),
        ),
      )
      .for("no key update");
    if (!row) throw new AppError("NOT_FOUND", "pairing: unknown, not yours, or ended");
    if ((row.pausedAt !== null) === paused) return [];
    await tx
      .update(pairings)
      .set({ pausedAt: paused ? now : null })
      .where(eq(pairings.id, id));
    const reasons = { live: "stopped", ringing: "cancelled" } as const;
    const words = paused ? await closeSessionsOf(tx, id, reasons, "beneficiary", now) : [];
    await appendToJournal(tx, beneficiary, now, {
      type: paused ? "pairing.paused" : "pairing.resumed",
      actorRole: "beneficiary",
      refs: { pairing: id, helper: row.helper },
      data: {},
    });
    return words;
  });
  return { reply: {}, tell };
}
