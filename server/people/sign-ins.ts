import { and, eq, gt, inArray, ne } from "drizzle-orm";

import type { Word } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { authSessions } from "../db/auth-schema.ts";
import type { Database } from "../db/client.ts";

/** [C5] Those of these sign-ins that are in force now. One query for a whole node. */
export async function findSignInsInForce(
  ctx: Context,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.db
    .select({ id: authSessions.id })
    .from(authSessions)
    .where(and(inArray(authSessions.id, [...ids]), gt(authSessions.expiresAt, ctx.clock.now())));
  return new Set(rows.map((row) => row.id));
}

/** [C5] In the caller's transaction. The words are for after it: each closes the consoles of one sign-in. */
export async function endOtherSignIns(
  tx: Database,
  account: string,
  keep: string,
): Promise<Word[]> {
  const ended = await tx
    .delete(authSessions)
    .where(and(eq(authSessions.userId, account), ne(authSessions.id, keep)))
    .returning({ id: authSessions.id });
  return ended.map(({ id }) => ({ to: "sign-in", signIn: id }));
}
