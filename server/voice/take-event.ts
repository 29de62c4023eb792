import { and, eq, isNull, lte } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import { publishWords, type End, type Word } from "../bus/word.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { sessions, voiceEvents, voiceRooms } from "../db/schema.ts";
import { reopenRoom } from "./close-rooms.ts";
import { ROOM_NAME, type LiveKit, type VoiceEvent } from "./livekit.ts";

/** [A4] An older one may be a replay, and LiveKit itself gives up after 30 s. */
const MAX_AGE_MS = 300_000;
/** Longer than a webhook is accepted. */
const REMEMBERED_MS = 3_600_000;

/** Those that say that a room, or somebody in it, is alive. */
const ALIVE = new Set(["room_started", "participant_joined", "track_published"]);

interface KnownRoom {
  name: string;
  over: boolean;
}

/**
 * [A4] Takes one verified webhook, once. It corroborates, and has what must not be there closed
 * again; no journal row comes of it. Throws `AppError`: FORGED when it is too old.
 */
export async function takeEvent(ctx: Context, livekit: LiveKit, event: VoiceEvent): Promise<void> {
  const age = Math.abs(ctx.clock.now().getTime() - event.createdAt * 1000);
  if (event.id === "" || age > MAX_AGE_MS)
    throw new AppError("FORGED", "voice: a webhook that is too old");
  // Another program's room, where it shares the voice server with us.
  if (!ROOM_NAME.test(event.room)) return;
  const room = await findRoom(ctx.db, event.room);
  if (ALIVE.has(event.name)) await removeStrangers(ctx, livekit, event, room);
  const words = await ctx.db.transaction(async (tx): Promise<Word[]> => {
    const [taken] = await tx
      .insert(voiceEvents)
      .values({ id: event.id, at: ctx.clock.now() })
      .onConflictDoNothing()
      .returning({ id: voiceEvents.id });
    if (!taken || !room) return [];
    await corroborate(tx, room.name, event);
    return room.over && ALIVE.has(event.name) ? await reopenRoom(tx, room.name) : [];
  });
  await publishWords(ctx, words);
}

/** Before it is noted as taken: where LiveKit does not answer, it says the same again. */
async function removeStrangers(
  ctx: Context,
  livekit: LiveKit,
  { room: name, identity }: VoiceEvent,
  room: KnownRoom | undefined,
): Promise<void> {
  try {
    if (!room) {
      await livekit.deleteRoom(name);
      ctx.log.warn({}, "a voice room that nobody asked for was deleted");
    } else if (identity !== undefined && !endOf(identity)) {
      await livekit.removeParticipant(name, identity, ctx.clock.now());
      ctx.log.warn({}, "somebody was in a voice room who is neither end of the session");
    }
  } catch (cause) {
    throw new AppError("NO_VOICE", "voice: LiveKit does not answer", { cause });
  }
}

async function findRoom(db: Database, name: string): Promise<KnownRoom | undefined> {
  const [row] = await db
    .select({ name: voiceRooms.name, state: sessions.state })
    .from(voiceRooms)
    .innerJoin(sessions, eq(sessions.id, voiceRooms.session))
    .where(eq(voiceRooms.name, name));
  return row && { name: row.name, over: row.state === "over" };
}

/** When LiveKit saw each end come and go: the first time and the last. */
async function corroborate(tx: Database, name: string, event: VoiceEvent): Promise<void> {
  const end = endOf(event.identity);
  const at = new Date(event.createdAt * 1000);
  const here = eq(voiceRooms.name, name);
  if (!end) return;
  if (event.name === "participant_joined") {
    const column = end === "beneficiary" ? "beneficiaryJoinedAt" : "helperJoinedAt";
    await tx
      .update(voiceRooms)
      .set({ [column]: at })
      .where(and(here, isNull(voiceRooms[column])));
  } else if (event.name === "participant_left") {
    const column = end === "beneficiary" ? "beneficiaryLeftAt" : "helperLeftAt";
    await tx
      .update(voiceRooms)
      .set({ [column]: at })
      .where(here);
  }
}

function endOf(identity: string | undefined): End | undefined {
  return identity === "beneficiary" || identity === "helper" ? identity : undefined;
}

export async function forgetOldEvents(ctx: Context): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - REMEMBERED_MS);
  await ctx.db.delete(voiceEvents).where(lte(voiceEvents.at, since));
}
