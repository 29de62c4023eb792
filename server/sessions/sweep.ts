import { and, eq, lte, ne, or } from "drizzle-orm";

import type { EndReason } from "../../shared/protocol/control.ts";
import { LONG_BREAK_MS } from "../../shared/protocol/limits.ts";
import type { Word } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { grants, sessions } from "../db/schema.ts";
import { closeSession } from "./close-session.ts";

/**
 * Ends what is past its deadline. The deadlines are in the database, so that any node does it for
 * one that died; two nodes at once do no harm, since a session ends once.
 */
export async function endLateSessions(ctx: Context): Promise<Word[]> {
  const now = ctx.clock.now();
  const longAgo = new Date(now.getTime() - LONG_BREAK_MS);
  const missed = and(eq(sessions.state, "ringing"), lte(sessions.ringUntil, now));
  const expired = lte(grants.expiresAt, now);
  const late = await ctx.db
    .select({ id: sessions.id, state: sessions.state, expiresAt: grants.expiresAt })
    .from(sessions)
    .innerJoin(grants, eq(grants.id, sessions.grant))
    .where(
      and(
        ne(sessions.state, "over"),
        or(
          missed,
          expired,
          lte(sessions.beneficiarySeenAt, longAgo),
          lte(sessions.helperSeenAt, longAgo),
        ),
      ),
    );
  const words: Word[] = [];
  for (const row of late) {
    const reason = whyLate(row.state, row.expiresAt <= now);
    words.push(
      ...(await ctx.db.transaction((tx) => closeSession(tx, row.id, reason, "system", now))),
    );
  }
  return words;
}

function whyLate(state: "ringing" | "live" | "over", expired: boolean): EndReason {
  if (state === "ringing") return "missed";
  return expired ? "expired" : "lost";
}
