import { createHmac } from "node:crypto";

import { and, count, eq, gt, lte } from "drizzle-orm";

import { AppError } from "../shared/errors.ts";
import type { Context } from "./context.ts";
import { authRateLimits } from "./db/auth-schema.ts";
import { attempts } from "./db/schema.ts";

/** How long a try counts. */
const ATTEMPT_WINDOW_MS = 600_000;

/**
 * Counts one try, right or wrong, returns which one it is, and throws `AppError` TOO_MANY above the limit. The count is in
 * the database, so that it holds across nodes; the key is stored hashed, since it may be an address.
 */
export async function countAttempt(ctx: Context, key: string, limit: number): Promise<number> {
  const hashed = createHmac("sha256", ctx.secret).update(`attempt\n${key}`).digest("base64url");
  const now = ctx.clock.now();
  const [own] = await ctx.db
    .insert(attempts)
    .values({ key: hashed, at: now })
    .returning({ id: attempts.id });
  const since = new Date(now.getTime() - ATTEMPT_WINDOW_MS);
  const [tried] = await ctx.db
    .select({ times: count() })
    .from(attempts)
    .where(and(eq(attempts.key, hashed), gt(attempts.at, since)));
  if (!own || !tried) throw new AppError("INTERNAL", "attempts: not counted");
  if (tried.times <= limit) return own.id;
  await forgetAttempt(ctx, own.id);
  throw new AppError("TOO_MANY", "attempts: above the limit");
}

/** For a try that failed by nobody's fault but ours. */
export async function forgetAttempt(ctx: Context, attempt: number): Promise<void> {
  await ctx.db.delete(attempts).where(eq(attempts.id, attempt));
}

export async function forgetOldAttempts(ctx: Context): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - ATTEMPT_WINDOW_MS);
  await ctx.db.delete(attempts).where(lte(attempts.at, since));
  await ctx.db.delete(authRateLimits).where(lte(authRateLimits.lastRequest, since.getTime()));
}
