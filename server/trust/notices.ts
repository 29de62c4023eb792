import { and, desc, eq, isNull } from "drizzle-orm";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import type { TrustNotice } from "../../shared/http-api.ts";
import { tellDevice, type Word } from "../bus/word.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { devices, pairings, trustNotices } from "../db/schema.ts";
import { assertOwnDevice } from "../people/devices.ts";

/** In the caller's transaction: found at the next visit, too. */
export async function leaveNotice(
  tx: Database,
  { id: pairing, helper }: typeof pairings.$inferSelect,
  kind: TrustNotice["kind"],
  at: Date,
): Promise<Word[]> {
  await tx.insert(trustNotices).values({ id: encodeBase64url(randomBytes(16)), pairing, kind, at });
  return [tellDevice(helper, { type: "trust.told", pairing })];
}

/** Not read yet, newest first. */
export async function listNotices(ctx: Context, account: string): Promise<TrustNotice[]> {
  const rows = await ctx.db
    .select({ notice: trustNotices })
    .from(trustNotices)
    .innerJoin(pairings, eq(pairings.id, trustNotices.pairing))
    .innerJoin(devices, eq(devices.id, pairings.helper))
    .where(and(eq(devices.account, account), isNull(trustNotices.seenAt)))
    .orderBy(desc(trustNotices.at))
    .limit(100);
  return rows.map(({ notice: { id, pairing, kind, at } }) => ({
    notice: id,
    pairing,
    kind,
    at: at.toISOString(),
  }));
}

export async function markNoticeSeen(ctx: Context, account: string, notice: string): Promise<void> {
  const [row] = await ctx.db
    .select({ helper: pairings.helper })
    .from(trustNotices)
    .innerJoin(pairings, eq(pairings.id, trustNotices.pairing))
    .where(eq(trustNotices.id, notice));
  if (!row) throw new AppError("NOT_FOUND", "notice: unknown");
  await assertOwnDevice(ctx.db, account, row.helper);
  await ctx.db
    .update(trustNotices)
    .set({ seenAt: ctx.clock.now() })
    .where(eq(trustNotices.id, notice));
}
