import { and, eq, isNotNull, or } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import { countAttempt } from "../attempts.ts";
import type { Word } from "../bus/word.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import type { Database } from "../db/client.ts";
import { devices, pairings } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { leaveNotice } from "./notices.ts";

/** Each one reaches another person. */
const CHANGES = 20;

/**
 * [P10] The beneficiary's one trusted person, or nobody. Whoever is no longer it is told as well: a
 * stranger at the computer can't take the witness away unseen.
 */
export async function nameTrusted(
  ctx: Context,
  beneficiary: DeviceId,
  pairing: PairingId | null,
): Promise<Outcome<Nothing>> {
  await countAttempt(ctx, `trust:${beneficiary}`, CHANGES);
  const now = ctx.clock.now();
  const tell = await ctx.db.transaction(async (tx): Promise<Word[]> => {
    // Two that name at once take turns: the device's row comes before any of a pairing.
    await tx
      .select({ id: devices.id })
      .from(devices)
      .where(eq(devices.id, beneficiary))
      .for("no key update");
    const rows = await tx
      .select()
      .from(pairings)
      .where(
        and(
          eq(pairings.beneficiary, beneficiary),
          or(
            isNotNull(pairings.trustedAt),
            pairing === null ? undefined : eq(pairings.id, pairing),
          ),
        ),
      )
      .orderBy(pairings.id)
      .for("no key update");
    const next = rows.find(({ id, state }) => id === pairing && state === "active");
    if (pairing !== null && !next)
      throw new AppError("NOT_FOUND", "pairing: unknown, not yours, or ended");
    const old = rows.find(({ trustedAt }) => trustedAt !== null);
    if (old?.id === next?.id) return [];
    // The old one first: there is one at most.
    return [
      ...(old ? await change(tx, old, false, now) : []),
      ...(next ? await change(tx, next, true, now) : []),
    ];
  });
  return { reply: {}, tell };
}

async function change(
  tx: Database,
  row: typeof pairings.$inferSelect,
  trusted: boolean,
  now: Date,
): Promise<Word[]> {
  await tx
    .update(pairings)
    .set({ trustedAt: trusted ? now : null })
    .where(eq(pairings.id, row.id));
  const words = await leaveNotice(tx, row, trusted ? "named" : "released", now);
  await appendToJournal(tx, row.beneficiary, now, {
    type: trusted ? "trust.named" : "trust.released",
    actorRole: "beneficiary",
    refs: { pairing: row.id, helper: row.helper },
    data: {},
  });
  return words;
}
