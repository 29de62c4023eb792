import { and, eq, gt, isNull } from "drizzle-orm";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import { findConsentText } from "../../shared/grants/consent-text.ts";
import type { DeviceId, SessionId } from "../../shared/ids.ts";
import { countAttempt, forgetAttempt } from "../attempts.ts";
import { publishWords, type End } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { grants, sessions, voiceRooms } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { errorFields } from "../log.ts";
import { assertMayJoin } from "../sessions/check-sessions.ts";
import { sessionRefs } from "../sessions/close-session.ts";
import { reopenRoom } from "./close-rooms.ts";

/** Of one end in 10 minutes. A try that LiveKit did not answer is not counted. */
const JOINS = 20;

/**
 * [A3] A token for the voice of a session. The room is stored before LiveKit hears of it, so that
 * an end that comes meanwhile finds it; LiveKit has it again after each call, whatever it forgot.
 */
export async function joinVoice(
  ctx: Context,
  side: { end: End; id: DeviceId },
  session: SessionId,
): Promise<{ url: string; token: string }> {
  await assertMayJoin(ctx, side, session);
  const { livekit } = ctx;
  if (!livekit) throw new AppError("NO_VOICE", "voice: this server has none");
  await assertTextOpensVoice(ctx, session);
  const attempt = await countAttempt(ctx, `voice\n${session}\n${side.end}`, JOINS);
  const room = await storeRoom(ctx, session);
  try {
    await livekit.makeRoom(room);
  } catch (error) {
    ctx.log.warn(errorFields(error), "LiveKit does not answer: a session goes on without voice");
    await forgetAttempt(ctx, attempt);
    throw error;
  }
  await openRoom(ctx, session, room);
  return { url: livekit.url, token: await livekit.signToken(room, side.end) };
}

/** [A3] What a person read decides whether the microphone may open. */
async function assertTextOpensVoice(ctx: Context, session: SessionId): Promise<void> {
  const [grant] = await ctx.db
    .select({ text: grants.text })
    .from(grants)
    .innerJoin(sessions, eq(sessions.grant, grants.id))
    .where(eq(sessions.id, session));
  if (!grant || !findConsentText(grant.text)?.voice)
    throw new AppError("NO_VOICE", "voice: the text of the grant does not open it");
}

/** [A2] The first one to ask names the room; both ends at once get the same one. */
async function storeRoom(ctx: Context, session: SessionId): Promise<string> {
  const name = encodeBase64url(randomBytes(16));
  await ctx.db
    .insert(voiceRooms)
    .values({ name, session, askedAt: ctx.clock.now() })
    .onConflictDoNothing();
  const [stored] = await ctx.db
    .select({ name: voiceRooms.name })
    .from(voiceRooms)
    .where(eq(voiceRooms.session, session));
  if (!stored) throw new AppError("INTERNAL", "voice: the room is not stored");
  return stored.name;
}

/** The session may have ended since: no token then, and what LiveKit made is closed (again). */
async function openRoom(ctx: Context, session: SessionId, room: string): Promise<void> {
  const now = ctx.clock.now();
  const live = await ctx.db.transaction(async (tx) => {
    // Takes turns with the end of the session, which writes this row.
    const [row] = await tx
      .select({ session: sessions })
      .from(sessions)
      .innerJoin(grants, eq(grants.id, sessions.grant))
      .where(
        and(
          eq(sessions.id, session),
          eq(sessions.state, "live"),
          isNull(grants.endedAt),
          gt(grants.expiresAt, now),
        ),
      )
      .for("share", { of: sessions });
    if (!row) return false;
    const [opened] = await tx
      .update(voiceRooms)
      .set({ openedAt: now })
      .where(and(eq(voiceRooms.name, room), isNull(voiceRooms.openedAt)))
      .returning({ name: voiceRooms.name });
    if (opened)
      await appendToJournal(tx, row.session.beneficiary, now, {
        type: "voice.opened",
        actorRole: "system",
        refs: sessionRefs(row.session),
        data: {},
      });
    return true;
  });
  if (live) return;
  await publishWords(ctx, await reopenRoom(ctx.db, room));
  throw new AppError("NO_GRANT", "voice: the session is over");
}
