import type { SessionId } from "../../shared/ids.ts";
import { CLOSE } from "../../shared/protocol/close-codes.ts";
import { LONG_BREAK_MS } from "../../shared/protocol/limits.ts";
import { forgetOldAttempts } from "../attempts.ts";
import { publishWords, type End } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { expireInvitations } from "../invitations/invitations.ts";
import { errorFields } from "../log.ts";
import { findRetired } from "../lost/lost-links.ts";
import { failLateAttempts } from "../pairings/spoken-attempt.ts";
import { findSignInsInForce } from "../people/sign-ins.ts";
import { findInForce, markSeen } from "../sessions/check-sessions.ts";
import { endLateSessions } from "../sessions/sweep.ts";
import type { Connection } from "./connection.ts";

/** Often enough that a session is never taken for lost while its ends are here. */
const SEEN_EVERY_MS = LONG_BREAK_MS / 20;
const TIDY_EVERY_MS = 60_000;
const DRAIN_MS = 3_000;

/** The sockets of this node, and what happens to all of them from time to time. */
export interface Hub {
  add(connection: Connection): void;
  remove(connection: Connection): Promise<void>;
  /** [C6] Closes every socket 1012 and resolves when nothing of them is left. */
  drain(): Promise<void>;
}

export function createHub(ctx: Context): Hub {
  const { heartbeatMs, sweepMs } = ctx.timings;
  const connections = new Set<Connection>();
  const leaving = new Set<Promise<void>>();
  let draining = false;
  let seenAt = 0;
  let tidiedAt = 0;

  const timers = [
    setInterval(() => {
      for (const connection of connections) connection.beat();
    }, heartbeatMs),
    // Twice per heartbeat, and each question gets half of one: 5 s without an answer, at most.
    repeat(heartbeatMs / 2, checkRelays),
    repeat(heartbeatMs, checkSignIns),
    repeat(heartbeatMs, checkDevices),
    repeat(sweepMs, sweep),
  ];

  function repeat(everyMs: number, work: () => Promise<void>): NodeJS.Timeout {
    let busy = false;
    return setInterval(() => {
      if (busy) return;
      busy = true;
      work()
        .catch((error: unknown) => ctx.log.warn(errorFields(error), "a round failed"))
        .finally(() => (busy = false));
    }, everyMs);
  }

  function inRelay(): Connection[] {
    return [...connections].filter((connection) => connection.room !== undefined);
  }

  /** [R3] */
  async function checkRelays(): Promise<void> {
    const asked = inRelay();
    if (asked.length === 0) return;
    const sessions = asked.flatMap(({ room }) => (room ? [room.session] : []));
    let inForce: Set<SessionId>;
    try {
      inForce = await inTime(askAbout(sessions), heartbeatMs / 2);
    } catch (error) {
      ctx.log.error(errorFields(error), "the database is silent: relays are closed");
      for (const connection of asked) connection.close(CLOSE.RESTART);
      return;
    }
    for (const connection of asked) {
      if (!connection.room) continue;
      if (!inForce.has(connection.room.session)) connection.close(CLOSE.NO_GRANT);
      else await connection.room.checkPeer();
    }
    await noteSeen(asked);
  }

  /** [C5] Without an answer nothing is closed here: no relay outlives a silent database. */
  async function checkSignIns(): Promise<void> {
    const asked = [...connections].flatMap((connection) =>
      connection.signIn === undefined ? [] : [{ connection, signIn: connection.signIn }],
    );
    const ids = [...new Set(asked.map(({ signIn }) => signIn))];
    const inForce = await findSignInsInForce(ctx, ids);
    for (const { connection, signIn } of asked) if (!inForce.has(signIn)) connection.onSignedOut();
  }

  /** [E5] For a word that the bus lost. */
  async function checkDevices(): Promise<void> {
    const asked = [...connections].flatMap((connection) =>
      connection.beneficiary === undefined ? [] : [{ connection, device: connection.beneficiary }],
    );
    const retired = await findRetired(ctx, [...new Set(asked.map(({ device }) => device))]);
    for (const { connection, device } of asked) if (retired.has(device)) connection.onRetired();
  }

  /** What is past its deadline ends first, with its reason, so that both sides are told why. */
  async function askAbout(sessions: readonly SessionId[]): Promise<Set<SessionId>> {
    await sweep();
    return await findInForce(ctx, [...new Set(sessions)]);
  }

  async function noteSeen(present: readonly Connection[]): Promise<void> {
    const now = ctx.clock.now().getTime();
    if (now - seenAt < SEEN_EVERY_MS) return;
    seenAt = now;
    const at = (end: End) =>
      present.flatMap(({ room }) => (room?.end === end ? [room.session] : []));
    await markSeen(ctx, "beneficiary", at("beneficiary"));
    await markSeen(ctx, "helper", at("helper"));
  }

  async function sweep(): Promise<void> {
    await publishWords(ctx, [...(await endLateSessions(ctx)), ...(await failLateAttempts(ctx))]);
    const now = ctx.clock.now().getTime();
    if (now - tidiedAt < TIDY_EVERY_MS) return;
    tidiedAt = now;
    await expireInvitations(ctx);
    await forgetOldAttempts(ctx);
  }

  return {
    add(connection) {
      connections.add(connection);
      if (draining) connection.close(CLOSE.RESTART);
    },
    async remove(connection) {
      connections.delete(connection);
      const gone = connection.onClose().finally(() => leaving.delete(gone));
      leaving.add(gone);
      await gone;
    },
    async drain() {
      draining = true;
      for (const timer of timers) clearInterval(timer);
      for (const connection of connections) connection.close(CLOSE.RESTART);
      // A client that does not answer the close, or a database that does not answer us, is not waited for.
      const deadline = Date.now() + DRAIN_MS;
      while (connections.size + leaving.size > 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
