import { and, eq, inArray } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId } from "../../shared/ids.ts";
import { countAttempt } from "../attempts.ts";
import type { Context } from "../context.ts";
import { pairings } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";

/** Each one is written to a journal from which nothing goes, and lets another block follow. */
const CHANGES = 60;

/** [P9] The two may pair again, by a new invitation. A block of the helper's own stays. */
export async function unblockHelper(
  ctx: Context,
  beneficiary: DeviceId,
  helper: DeviceId,
): Promise<void> {
  await countAttempt(ctx, `unblock:${beneficiary}`, CHANGES);
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(pairings)
      .where(
        and(
          eq(pairings.beneficiary, beneficiary),
          eq(pairings.helper, helper),
          inArray(pairings.blockedBy, ["beneficiary", "both"]),
        ),
      )
      .orderBy(pairings.id)
      .for("no key update");
    if (rows.length === 0) throw new AppError("NOT_FOUND", "block: unknown or not yours");
    for (const { id, blockedBy } of rows)
      await tx
        .update(pairings)
        .set(blockedBy === "both" ? { blockedBy: "helper" } : { blockedBy: null, state: "ended" })
        .where(eq(pairings.id, id));
    await appendToJournal(
      tx,
      beneficiary,
      now,
      ...rows.map(({ id }) => ({
        type: "pairing.unblocked" as const,
        actorRole: "beneficiary" as const,
        refs: { pairing: id, helper },
        data: {},
      })),
    );
  });
}
