import { and, eq, isNull, lte, or, sql } from "drizzle-orm";

import type { SessionId } from "../../shared/ids.ts";
import type { Word } from "../bus/word.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { sessions, voiceRooms } from "../db/schema.ts";
import { errorFields } from "../log.ts";
import type { LiveKit } from "./livekit.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** LiveKit says "deleted", then "no such room": the second answer is the one that counts. */
const ROUNDS = 3;
/** So many tries that failed are no passing trouble. */
const LOUD_AFTER = 5;
const AT_ONCE = 50;

interface Claimed {
  name: string;
  tries: number;
}

/**
 * [A4] Closes the rooms of sessions that are over: of this one, or of all where the next try is due.
 * What is left to do is in the database, so that any node goes on where another died.
 */
export async function closeRooms(ctx: Context, session?: SessionId): Promise<void> {
  const { livekit } = ctx;
  if (!livekit) return;
  const now = ctx.clock.now();
  const due = await ctx.db
    .select({ name: voiceRooms.name, tries: voiceRooms.tries })
    .from(voiceRooms)
    .innerJoin(sessions, eq(sessions.id, voiceRooms.session))
    .where(
      and(
        eq(sessions.state, "over"),
        isNull(voiceRooms.closedAt),
        or(isNull(voiceRooms.nextTryAt), lte(voiceRooms.nextTryAt, now)),
        session === undefined ? undefined : eq(voiceRooms.session, session),
      ),
    )
    .limit(AT_ONCE);
  await Promise.all(
    due.map(async (room) => {
      const claimed = await claim(ctx.db, room, now);
      if (claimed) await closeRoom(ctx, livekit, claimed);
    }),
  );
}

/** LiveKit has it, or had it, after it was closed: the next try is now. Says so to the nodes. */
export async function reopenRoom(db: Database, name: string): Promise<Word[]> {
  const rows = await db
    .update(voiceRooms)
    .set({ closedAt: null, nextTryAt: null, tries: sql`${voiceRooms.tries} + 1` })
    .where(eq(voiceRooms.name, name))
    .returning({ session: voiceRooms.session });
  return rows.map(({ session }) => ({ to: "voice", session }));
}

/** Of the nodes that see the same room due, the first to count up has it until the next try. */
async function claim(db: Database, room: Claimed, now: Date): Promise<Claimed | undefined> {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** room.tries);
  const [claimed] = await db
    .update(voiceRooms)
    .set({ tries: room.tries + 1, nextTryAt: new Date(now.getTime() + wait) })
    .where(same(room))
    .returning({ name: voiceRooms.name, tries: voiceRooms.tries });
  return claimed;
}

async function closeRoom(ctx: Context, livekit: LiveKit, room: Claimed): Promise<void> {
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      if (!(await closeOnce(ctx, livekit, room.name))) continue;
      // Unless it was reopened meanwhile.
      await ctx.db.update(voiceRooms).set({ closedAt: ctx.clock.now() }).where(same(room));
      return;
    }
    ctx.log.warn({ tries: room.tries }, "a voice room is still there: tried again later");
  } catch (error) {
    const fields = { tries: room.tries, ...errorFields(error) };
    if (room.tries > LOUD_AFTER) ctx.log.error(fields, "a voice room cannot be closed");
    else ctx.log.warn(fields, "a voice room is not closed yet: tried again later");
  }
}

/** Whether nothing is left of it. All of it is tried, whatever fails. */
async function closeOnce(ctx: Context, livekit: LiveKit, name: string): Promise<boolean> {
  const now = ctx.clock.now();
  const [existed, ...removed] = await Promise.allSettled([
    livekit.deleteRoom(name),
    livekit.removeParticipant(name, "beneficiary", now),
    livekit.removeParticipant(name, "helper", now),
  ]);
  if (existed.status === "rejected") throw existed.reason;
  for (const one of removed)
    // Who was in a room that is deleted under the request may not be found any more.
    if (one.status === "rejected" && !existed.value) throw one.reason;
  return !existed.value;
}

function same({ name, tries }: Claimed) {
  return and(eq(voiceRooms.name, name), eq(voiceRooms.tries, tries), isNull(voiceRooms.closedAt));
}
