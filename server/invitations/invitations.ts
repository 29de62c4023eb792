import { randomInt } from "node:crypto";

import { and, count, desc, eq, gt, lte, sql } from "drizzle-orm";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import type { Invitation } from "../../shared/http-api.ts";
import type { DeviceId, InvitationId } from "../../shared/ids.ts";
import type { HelperCard } from "../../shared/protocol/control.ts";
import { INVITATION_MS } from "../../shared/protocol/limits.ts";
import { countAttempt } from "../attempts.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { isUniqueViolation } from "../db/failure.ts";
import { devices, invitations } from "../db/schema.ts";
import { readHelperCard } from "../people/account.ts";
import { assertOwnDevice } from "../people/devices.ts";
import { hashInvitationId, invitationIdOf } from "./invitation-id.ts";

/** [P1] */
const INVITATIONS_A_DAY = 20;
const DAY_MS = 86_400_000;
/** Identifiers cannot be guessed; this only keeps a device from asking all day. */
const OPENINGS = 60;

type InvitationRow = typeof invitations.$inferSelect;

export async function createInvitation(
  ctx: Context,
  account: string,
  device: DeviceId,
): Promise<Invitation> {
  await assertOwnDevice(ctx.db, account, device);
  const now = ctx.clock.now();
  const id = encodeBase64url(randomBytes(16));
  const row = {
    id,
    identifierHash: hashInvitationId(invitationIdOf(ctx, id)),
    device,
    state: "open" as const,
    createdAt: now,
    expiresAt: new Date(now.getTime() + INVITATION_MS),
  };
  for (let tries = 0; tries < 20; tries += 1) {
    const code = randomInt(100_000_000).toString().padStart(8, "0");
    try {
      const [stored] = await ctx.db.transaction(async (tx) => {
        await assertMayInvite(tx, account, now);
        return await tx
          .insert(invitations)
          .values({ ...row, code })
          .returning();
      });
      if (stored) return toInvitation(ctx, stored);
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
    }
  }
  throw new AppError("UNAVAILABLE", "invitations: no free code");
}

/** [P1] Requests of one account take turns, so that many at once make no more than one by one. */
async function assertMayInvite(tx: Database, account: string, now: Date): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`invite\n${account}`}, 0))`);
  const [made] = await tx
    .select({ times: count() })
    .from(invitations)
    .innerJoin(devices, eq(devices.id, invitations.device))
    .where(
      and(
        eq(devices.account, account),
        gt(invitations.createdAt, new Date(now.getTime() - DAY_MS)),
      ),
    );
  if (made && made.times >= INVITATIONS_A_DAY)
    throw new AppError("TOO_MANY", "invitations: 20 a day");
}

/** Those that can still be used, newest first. */
export async function listInvitations(ctx: Context, account: string): Promise<Invitation[]> {
  const rows = await ctx.db
    .select({ invitation: invitations })
    .from(invitations)
    .innerJoin(devices, eq(devices.id, invitations.device))
    .where(
      and(
        eq(devices.account, account),
        eq(invitations.state, "open"),
        gt(invitations.expiresAt, ctx.clock.now()),
      ),
    )
    .orderBy(desc(invitations.createdAt));
  return rows.map((row) => toInvitation(ctx, row.invitation));
}

export async function cancelInvitation(
  ctx: Context,
  account: string,
  invitation: InvitationId,
): Promise<void> {
  const row = await findOpenInvitation(ctx, invitation);
  await assertOwnDevice(ctx.db, account, row.device);
  const cancelled = await ctx.db
    .update(invitations)
    .set({ state: "cancelled" })
    .where(and(eq(invitations.id, row.id), eq(invitations.state, "open")))
    .returning({ id: invitations.id });
  if (cancelled.length === 0) throw new AppError("NOT_FOUND", "invitation: not open");
}

/** [P3] Who invites, before anything is agreed to. */
export async function openInvitation(
  ctx: Context,
  device: DeviceId,
  invitation: InvitationId,
): Promise<{ helper: HelperCard; key: string; remaining: number }> {
  await countAttempt(ctx, `open:${device}`, OPENINGS);
  const row = await findOpenInvitation(ctx, invitation);
  const helper = await readHelperCard(ctx, row.device);
  const remaining = row.expiresAt.getTime() - ctx.clock.now().getTime();
  return { helper, key: row.publicKey, remaining };
}

/** [C3] Unknown, expired, used and cancelled are one `AppError` NOT_FOUND, from one query. */
export async function findOpenInvitation(
  ctx: Context,
  invitation: InvitationId,
): Promise<InvitationRow & { publicKey: string }> {
  const [row] = await ctx.db
    .select({ invitation: invitations, publicKey: devices.publicKey })
    .from(invitations)
    .innerJoin(devices, eq(devices.id, invitations.device))
    .where(
      and(
        eq(invitations.identifierHash, hashInvitationId(invitation)),
        eq(invitations.state, "open"),
        gt(invitations.expiresAt, ctx.clock.now()),
      ),
    );
  if (!row) throw new AppError("NOT_FOUND", "invitation: not open");
  return { ...row.invitation, publicKey: row.publicKey };
}

/** Gives the codes of expired invitations back. */
export async function expireInvitations(ctx: Context): Promise<void> {
  await ctx.db
    .update(invitations)
    .set({ state: "expired" })
    .where(and(eq(invitations.state, "open"), lte(invitations.expiresAt, ctx.clock.now())));
}

function toInvitation(ctx: Context, row: InvitationRow): Invitation {
  return {
    invitation: invitationIdOf(ctx, row.id),
    code: row.code,
    device: row.device,
    expiresAt: row.expiresAt.toISOString(),
  };
}
