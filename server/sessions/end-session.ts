import { and, eq } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, SessionId } from "../../shared/ids.ts";
import type { EndReason } from "../../shared/protocol/control.ts";
import type { End } from "../bus/word.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import { sessions } from "../db/schema.ts";
import { closeSession } from "./close-session.ts";

/** What each side may give as its reason; the others are the server's own. */
const REASONS: Record<End, readonly EndReason[]> = {
  beneficiary: ["stopped", "cancelled", "left", "lost", "refused", "revoked", "forged"],
  helper: ["left", "lost", "forged"],
};

/** [S5] Ending what is over already is no fault: the word may have crossed another. */
export async function endSession(
  ctx: Context,
  side: { end: End; id: DeviceId },
  input: { session: SessionId; reason: EndReason },
): Promise<Outcome<Nothing>> {
  if (!REASONS[side.end].includes(input.reason))
    throw new AppError("BAD_MESSAGE", "session: not this side's reason");
  const now = ctx.clock.now();
  const tell = await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(sessions)
      .where(and(eq(sessions.id, input.session), eq(sessions[side.end], side.id)));
    if (!row) throw new AppError("NOT_FOUND", "session: unknown or not yours");
    return await closeSession(tx, row.id, input.reason, side.end, now);
  });
  return { reply: {}, tell };
}
