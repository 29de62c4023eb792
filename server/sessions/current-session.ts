import { and, desc, eq, gt, isNotNull, ne, or } from "drizzle-orm";

import type { DeviceId } from "../../shared/ids.ts";
import type { CurrentSession, Reply } from "../../shared/protocol/control.ts";
import type { End } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { grants, sessions } from "../db/schema.ts";
import type { SessionRow } from "./close-session.ts";

type GrantRow = typeof grants.$inferSelect;

/** The session that goes on at this device: a live one before a ring, a newer ring before an older. */
export async function findCurrentSession(
  ctx: Context,
  device: DeviceId,
  end: End,
): Promise<Reply<"session.current">> {
  const now = ctx.clock.now();
  const [row] = await ctx.db
    .select({ session: sessions, grant: grants })
    .from(sessions)
    .innerJoin(grants, eq(grants.id, sessions.grant))
    .where(
      and(
        eq(sessions[end], device),
        ne(sessions.state, "over"),
        gt(grants.expiresAt, now),
        or(eq(sessions.state, "live"), gt(sessions.ringUntil, now)),
      ),
    )
    .orderBy(sessions.state, desc(sessions.requestedAt))
    .limit(1);
  if (row) return { current: toCurrentSession(row.session, row.grant, now) };
  const last = await findLastSession(ctx, device, end);
  return { current: null, ...(last ? { last } : {}) };
}

async function findLastSession(ctx: Context, device: DeviceId, end: End) {
  const [row] = await ctx.db
    .select({ session: sessions.id, reason: sessions.endReason })
    .from(sessions)
    .where(
      and(eq(sessions[end], device), isNotNull(sessions.answeredAt), isNotNull(sessions.endedAt)),
    )
    .orderBy(desc(sessions.endedAt))
    .limit(1);
  return row?.reason ? { session: row.session, reason: row.reason } : undefined;
}

export function toCurrentSession(session: SessionRow, grant: GrantRow, now: Date): CurrentSession {
  const until = session.state === "live" ? grant.expiresAt : session.ringUntil;
  return {
    session: session.id,
    pairing: session.pairing,
    state: session.state === "live" ? "live" : "ringing",
    grant: { statement: grant.statement, signature: grant.signature },
    remaining: Math.max(0, until.getTime() - now.getTime()),
  };
}
