import { and, eq, gt, inArray, isNull } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, SessionId } from "../../shared/ids.ts";
import type { End } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { grants, sessions } from "../db/schema.ts";

/**
 * [R1] Returns until when, by the grant. Throws `AppError`: NOT_FOUND unless this device is that end,
 * NO_GRANT unless it may go on now.
 */
export async function assertMayJoin(
  ctx: Context,
  side: { end: End; id: DeviceId },
  session: SessionId,
): Promise<Date> {
  const [row] = await ctx.db
    .select({ state: sessions.state, grant: grants })
    .from(sessions)
    .innerJoin(grants, eq(grants.id, sessions.grant))
    .where(and(eq(sessions.id, session), eq(sessions[side.end], side.id)));
  if (!row) throw new AppError("NOT_FOUND", "session: unknown or not yours");
  if (row.state === "ringing") throw new AppError("CONFLICT", "session: not answered");
  if (row.state !== "live" || row.grant.endedAt !== null || row.grant.expiresAt <= ctx.clock.now())
    throw new AppError("NO_GRANT", "session: the grant is not in force");
  return row.grant.expiresAt;
}

/** [R3] Those of these sessions that may go on now. One query for a whole node. */
export async function findInForce(
  ctx: Context,
  ids: readonly SessionId[],
): Promise<Set<SessionId>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(grants, eq(grants.id, sessions.grant))
    .where(
      and(
        inArray(sessions.id, [...ids]),
        eq(sessions.state, "live"),
        isNull(grants.endedAt),
        gt(grants.expiresAt, ctx.clock.now()),
      ),
    );
  return new Set(rows.map((row) => row.id));
}

/** [S4] Notes which ends are in the relay, so that a break that is too long can be told. */
export async function markSeen(ctx: Context, end: End, ids: readonly SessionId[]): Promise<void> {
  if (ids.length === 0) return;
  const now = ctx.clock.now();
  await ctx.db
    .update(sessions)
    .set(end === "beneficiary" ? { beneficiarySeenAt: now } : { helperSeenAt: now })
    .where(and(inArray(sessions.id, [...ids]), eq(sessions.state, "live")));
}
