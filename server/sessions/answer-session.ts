import { and, eq, gt } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId, SessionId } from "../../shared/ids.ts";
import type { CurrentSession } from "../../shared/protocol/control.ts";
import { tellDevice } from "../bus/word.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import type { Database } from "../db/client.ts";
import { grants, sessions } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { tellTrusted } from "../trust/tell-trusted.ts";
import { closeSession, sessionRefs } from "./close-session.ts";
import { toCurrentSession } from "./current-session.ts";

export interface Answerer {
  id: DeviceId;
  /** The socket on which the person answered: it is the only one that is not told "elsewhere". */
  connection: string;
}

/** [S2] One atomic update decides who was first. */
export async function answerSession(
  ctx: Context,
  helper: Answerer,
  session: SessionId,
): Promise<Outcome<CurrentSession>> {
  const now = ctx.clock.now();
  return await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(sessions)
      .set({ state: "live", answeredAt: now, beneficiarySeenAt: now, helperSeenAt: now })
      .where(ringing(session, helper.id, now))
      .returning();
    if (!row) throw await whyNot(tx, helper.id, session);
    const [grant] = await tx.select().from(grants).where(eq(grants.id, row.grant));
    if (!grant || grant.endedAt !== null || grant.expiresAt <= now)
      throw new AppError("NO_GRANT", "session: the grant is not in force");
    await appendToJournal(tx, row.beneficiary, now, {
      type: "session.answered",
      actorRole: "helper",
      refs: sessionRefs(row),
      data: {},
    });
    const told = await tellTrusted(tx, row, now);
    return {
      reply: toCurrentSession(row, grant, now),
      tell: [
        tellDevice(row.beneficiary, { type: "session.answered", session }),
        tellDevice(
          row.helper,
          { type: "ring.over", session, reason: "elsewhere" },
          helper.connection,
        ),
        ...told,
      ],
    };
  });
}

export async function declineSession(
  ctx: Context,
  helper: Answerer,
  session: SessionId,
): Promise<Outcome<Nothing>> {
  const now = ctx.clock.now();
  return await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(ringing(session, helper.id, now))
      .for("update");
    if (!row) throw await whyNot(tx, helper.id, session);
    return { reply: {}, tell: await closeSession(tx, session, "declined", "helper", now) };
  });
}

function ringing(session: SessionId, helper: DeviceId, now: Date) {
  return and(
    eq(sessions.id, session),
    eq(sessions.helper, helper),
    eq(sessions.state, "ringing"),
    gt(sessions.ringUntil, now),
  );
}

/** Only whoever was rung learns that there was a ring. */
async function whyNot(tx: Database, helper: DeviceId, session: SessionId): Promise<AppError> {
  const [known] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, session), eq(sessions.helper, helper)));
  return known
    ? new AppError("CONFLICT", "session: no longer rings")
    : new AppError("NOT_FOUND", "session: unknown or not yours");
}
