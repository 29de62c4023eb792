import { and, eq } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import { tellDevice, type End, type Word } from "../bus/word.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import type { Database } from "../db/client.ts";
import { pairings } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { closeSessionsOf } from "../sessions/close-session.ts";
import { leaveNotice } from "../trust/notices.ts";
import type { PairingRow } from "./list-pairings.ts";

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
    const block = { by: side.end, block: input.block };
    if (before.state !== "active" && blockAfter(before, block) === before.blockedBy) return [];
    return await closePairing(tx, before, { ...block, now });
  });
  return { reply: {}, tell };
}

/** In the caller's transaction, which has locked the row. Returns what to say after the commit. */
export async function closePairing(
  tx: Database,
  before: PairingRow,
  { by, block, now }: { by: End; block: boolean; now: Date },
): Promise<Word[]> {
  const blockedBy = blockAfter(before, { by, block });
  await tx
    .update(pairings)
    .set({
      state: blockedBy ? "blocked" : "ended",
      blockedBy,
      trustedAt: null,
      endedAt: before.endedAt ?? now,
    })
    .where(eq(pairings.id, before.id));
  const reasons = { live: "pairing-ended", ringing: "pairing-ended" } as const;
  const words = await closeSessionsOf(tx, before.id, reasons, by, now);
  // After the sessions: everybody takes a session's row first, then the journal's turn.
  await appendToJournal(tx, before.beneficiary, now, {
    type: "pairing.ended",
    actorRole: by,
    refs: { pairing: before.id, helper: before.helper },
    data: { blocked: block },
  });
  // [P10] The trusted person is told too when they are removed, not only when they are named no more.
  const told =
    by === "beneficiary" && before.trustedAt !== null
      ? await leaveNotice(tx, before, "released", now)
      : [];
  const changed = { type: "pairing.changed" as const, pairing: before.id };
  return [
    ...words,
    ...told,
    tellDevice(before.helper, changed),
    tellDevice(before.beneficiary, changed),
  ];
}

/** [P9] Either lifts their own block only. */
function blockAfter({ blockedBy }: PairingRow, { by, block }: { by: End; block: boolean }) {
  if (!block) return blockedBy;
  return blockedBy === null || blockedBy === by ? by : "both";
}
