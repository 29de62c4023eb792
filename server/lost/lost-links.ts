import { and, asc, eq, inArray, isNotNull, isNull, ne } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { ContentHash, DeviceId } from "../../shared/ids.ts";
import { hashLostCode, type LostCode } from "../../shared/lost/lost-link.ts";
import { countAttempt } from "../attempts.ts";
import type { Word } from "../bus/word.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { devices, grants, lostLinks, pairings, sessions } from "../db/schema.ts";
import { siteOf } from "../http/caller-address.ts";
import { appendToJournal } from "../journal/journal.ts";
import { closePairing } from "../pairings/end-pairing.ts";
import { closeSession } from "../sessions/close-session.ts";

/** [E6] */
const TRIES_PER_ADDRESS = 10;
const TRIES_PER_SITE = 100;
/** The extension makes one. One that came later must not take the place of what is on paper. */
const LINKS_PER_DEVICE = 4;

/** [E5] In the transaction of a grant. */
export async function keepLostLink(
  tx: Database,
  device: DeviceId,
  hash: ContentHash,
  now: Date,
): Promise<void> {
  const own = await tx
    .select({ hash: lostLinks.hash })
    .from(lostLinks)
    .where(eq(lostLinks.device, device));
  if (own.some((link) => link.hash === hash)) return;
  if (own.length >= LINKS_PER_DEVICE) throw new AppError("CONFLICT", "lost link: too many");
  await tx.insert(lostLinks).values({ hash, device, createdAt: now });
}

/**
 * [E5] [E6] Whoever has the paper ends everything of the device, in one transaction: sessions,
 * grants, pairings, and the key itself. Unknown, used and no code at all are one `AppError` NOT_FOUND.
 */
export async function reportLost(
  ctx: Context,
  code: LostCode | undefined,
  address: string,
): Promise<readonly Word[]> {
  await countAttempt(ctx, `lost-address:${address}`, TRIES_PER_ADDRESS);
  const site = siteOf(address);
  if (site !== undefined) await countAttempt(ctx, `lost-site:${site}`, TRIES_PER_SITE);
  if (code === undefined) throw new AppError("NOT_FOUND", "lost link: no code");
  const hash = await hashLostCode(code);
  const now = ctx.clock.now();
  return await ctx.db.transaction(async (tx) => {
    const [link] = await tx
      .update(lostLinks)
      .set({ usedAt: now })
      .where(and(eq(lostLinks.hash, hash), isNull(lostLinks.usedAt)))
      .returning({ device: lostLinks.device });
    if (!link) throw new AppError("NOT_FOUND", "lost link: unknown or used");
    return await retireDevice(tx, link.device, now);
  });
}

/** The device's row first: a pairing that is being made with it waits, and then sees it retired. */
async function retireDevice(tx: Database, device: DeviceId, now: Date): Promise<Word[]> {
  const [retired] = await tx
    .update(devices)
    .set({ retiredAt: now })
    .where(and(eq(devices.id, device), isNull(devices.retiredAt)))
    .returning({ id: devices.id });
  if (!retired) throw new AppError("NOT_FOUND", "lost link: another of its links was used");
  const own = await tx
    .select()
    .from(pairings)
    .where(eq(pairings.beneficiary, device))
    .orderBy(asc(pairings.id))
    .for("no key update");
  const words: Word[] = [];
  const open = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.beneficiary, device), ne(sessions.state, "over")));
  // Before anything is written to the journal: everybody takes a session's row first.
  for (const { id } of open)
    words.push(...(await closeSession(tx, id, "pairing-ended", "beneficiary", now)));
  const ids = own.map(({ id }) => id);
  if (ids.length > 0)
    await tx
      .update(grants)
      .set({ endedAt: now })
      .where(and(inArray(grants.pairing, ids), isNull(grants.endedAt)));
  for (const pairing of own)
    if (pairing.state === "active")
      words.push(...(await closePairing(tx, pairing, { by: "beneficiary", block: false, now })));
  await appendToJournal(tx, device, now, {
    type: "device.retired",
    actorRole: "beneficiary",
    refs: {},
    data: {},
  });
  return [...words, { to: "retired", device }];
}

/** Those of these devices that were declared lost. */
export async function findRetired(ctx: Context, ids: readonly DeviceId[]): Promise<Set<DeviceId>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.db
    .select({ id: devices.id })
    .from(devices)
    .where(and(inArray(devices.id, [...ids]), isNotNull(devices.retiredAt)));
  return new Set(rows.map(({ id }) => id));
}
