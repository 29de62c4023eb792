import { eq } from "drizzle-orm";

import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { openStatement, signStatement } from "../../../shared/crypto/signed-statement.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import { createNonce, createSessionId, type SessionId } from "../../../shared/ids.ts";
import type { ClientMessage, ClientMessageType, Reply } from "../../../shared/protocol/control.ts";
import { LONG_BREAK_MS, RING_MS } from "../../../shared/protocol/limits.ts";
import { type End, publishWords } from "../../bus/word.ts";
import type { Database } from "../../db/client.ts";
import { sessions as sessionRows } from "../../db/schema.ts";
import { connect, type TestDevice, type TestSocket } from "../../relay/testing/device.ts";
import { createPair, frame, signGrant, type TestPair } from "../../relay/testing/people.ts";
import { type MovableClock, startTestServer, type TestServer } from "../../relay/testing/server.ts";
import { endLateSessions } from "../sweep.ts";
import type { Acknowledged } from "./stored.ts";

export const ENDS = ["beneficiary", "helper"] as const;
export const WRONGS = ["signature", "nonce", "helper", "device"] as const;

/** One thing that happens. What is impossible at that moment is tried too, and must be refused. */
export type Step =
  /** All that leads to a session in which both are, at once: walks that seldom get there see little. */
  | { do: "live"; seconds: number }
  | { do: "request"; seconds: number; wrong?: (typeof WRONGS)[number] }
  | { do: "answer" | "decline" | "stranger" | "restart" }
  | { do: "end" | "join" | "frame" | "reconnect"; end: End }
  | { do: "jump"; ms: number }
  /** To the millisecond before the grant or the ring is over, or to the one after it. */
  | { do: "edge"; side: -1 | 0; of: "grant" | "ring" };

type Body<T extends ClientMessageType> = Omit<Extract<ClientMessage, { type: T }>, "id" | "type">;

/** What the model knows of one session: only what was acknowledged. */
interface Known {
  id: SessionId;
  requestedAt: number;
  expiresAt: number;
  ringUntil: number;
  answeredAt?: number;
  over: boolean;
  /** The server may have ended it by itself: nobody was seen for too long. */
  maybeOver: boolean;
}

function other(end: End): End {
  return end === "helper" ? "beneficiary" : "helper";
}

/** A clock that stands still until it is moved, so that every instant is known to both sides. */
function createStandingClock(): MovableClock {
  let at = Date.now();
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms;
    },
  };
}

/** A server, one pair and a stranger, and beside them the model of what may happen. */
export async function createWalk(db: Database) {
  const clock = createStandingClock();
  // No socket is closed for its silence: only deadlines end anything here.
  const options = { clock, timings: { heartbeatMs: 600_000 } };
  let server: TestServer = await startTestServer(db, options);
  const pair = await createPair(server);
  const stranger = await createPair(server);
  const devices: Record<End, TestDevice> = { beneficiary: pair.beneficiary, helper: pair.helper };
  const sockets: Record<End, TestSocket> = {
    beneficiary: pair.beneficiarySocket,
    helper: pair.helperSocket,
  };
  let strangerSocket = stranger.helperSocket;
  const joined: Record<End, boolean> = { beneficiary: false, helper: false };
  const sessions: Known[] = [];
  /** By its text: whether the grant was in force when it was sent. */
  const sent = new Map<string, { allowed: boolean }>();
  const acknowledged: Acknowledged[] = [];
  const faults: string[] = [];

  const now = () => clock.now().getTime();
  const last = () => sessions.at(-1);

  function isOpen(one: Known | undefined): one is Known {
    if (!one || one.over || now() >= one.expiresAt) return false;
    return one.answeredAt !== undefined || now() < one.ringUntil;
  }

  function expectTrue(holds: boolean, what: string): void {
    if (!holds) faults.push(what);
  }

  /** All that came on the socket that this end has now. */
  function checkFrames(end: End): void {
    for (const bytes of sockets[end].frames)
      expectTrue(
        sent.get(textOf(bytes))?.allowed ?? false,
        `a frame came to the ${end} outside a grant in force`,
      );
  }

  async function reconnect(end: End): Promise<void> {
    sockets[end].raw.terminate();
    await sockets[end].closed;
    checkFrames(end);
    joined[end] = false;
    sockets[end] = await connect(server, devices[end]);
  }

  /** On a socket that the server has closed meanwhile it is asked again, as both clients do. */
  async function ask<T extends ClientMessageType>(
    end: End,
    type: T,
    body: Body<T>,
  ): Promise<Reply<T> | ErrorCode> {
    for (;;) {
      await keepOpen(end);
      const socket = sockets[end];
      try {
        return await socket.request(type, body);
      } catch (error) {
        if (error instanceof AppError) return error.code;
        if (socket.raw.readyState === socket.raw.OPEN) throw error;
      }
    }
  }

  async function keepOpen(end: End): Promise<void> {
    if (sockets[end].raw.readyState !== sockets[end].raw.OPEN) await reconnect(end);
  }

  async function request(seconds: number, wrong?: (typeof WRONGS)[number]): Promise<void> {
    for (const who of ENDS) await keepOpen(who);
    const before = last();
    const asker: TestPair = { ...pair, beneficiarySocket: sockets.beneficiary };
    const { session, grant } = await signGrant(asker, {
      seconds,
      ...(wrong === "nonce" ? { nonce: createNonce() } : {}),
      ...(wrong === "helper" ? { helper: stranger.helper.id } : {}),
    });
    let given = grant;
    if (wrong === "signature") given = { ...grant, signature: `A${grant.signature.slice(1)}` };
    if (wrong === "device") {
      const key = await createDeviceKey();
      const { statement } = await openStatement(grant, pair.beneficiary.key.publicKey);
      given = await signStatement(key, { ...statement, beneficiary: key.id });
    }
    const reply = await ask("beneficiary", "session.request", {
      pairing: pair.pairing,
      grant: given,
    });
    if (typeof reply === "string") return;
    expectTrue(wrong === undefined, `a request with a wrong ${wrong} was taken`);
    expectTrue(!isOpen(before) || before.maybeOver, "a second session of one beneficiary");
    const expiresAt = now() + seconds * 1000;
    acknowledged.push({ session, type: "session.requested" });
    sessions.push({
      id: session,
      requestedAt: now(),
      expiresAt,
      ringUntil: Math.min(now() + RING_MS, expiresAt),
      over: false,
      maybeOver: false,
    });
  }

  async function answer(): Promise<void> {
    const one = last();
    const reply = await ask("helper", "session.answer", { session: one?.id ?? createSessionId() });
    if (typeof reply === "string") {
      const due = isOpen(one) && one.answeredAt === undefined && !one.maybeOver;
      expectTrue(!due, `an answer in time was refused: ${reply}`);
      return;
    }
    expectTrue(isOpen(one) && one.answeredAt === undefined, "an answer out of time was taken");
    if (!one) return;
    one.answeredAt = now();
    acknowledged.push({ session: one.id, type: "session.answered" });
  }

  async function hangUp(who: End | "decline"): Promise<void> {
    const one = last();
    const session = one?.id ?? createSessionId();
    const reply =
      who === "decline"
        ? await ask("helper", "session.decline", { session })
        : await ask(who, "session.end", {
            session,
            reason: who === "helper" ? "left" : "stopped",
          });
    if (typeof reply === "string" || !one) return;
    one.over = true;
    acknowledged.push({ session, type: "session.ended" });
    joined.beneficiary = false;
    joined.helper = false;
  }

  async function join(who: End): Promise<void> {
    const one = last();
    const reply = await ask(who, "relay.join", { session: one?.id ?? createSessionId() });
    const due = isOpen(one) && one.answeredAt !== undefined;
    if (typeof reply === "string") {
      expectTrue(!due || (one?.maybeOver ?? false), `${who} may join, and was refused: ${reply}`);
      return;
    }
    expectTrue(due, `${who} joined outside a grant in force`);
    joined[who] = true;
  }

  async function send(who: End): Promise<void> {
    const socket = sockets[who];
    if (socket.raw.readyState !== socket.raw.OPEN || !joined[who]) return;
    const one = last();
    const allowed = isOpen(one) && one.answeredAt !== undefined;
    const text = `${sent.size}`;
    sent.set(text, { allowed });
    const reaches = allowed && joined[other(who)] && !one.maybeOver;
    const receiver = sockets[other(who)];
    socket.send(frame(who === "beneficiary" ? 0 : 1, text));
    await settle(who);
    const arrived = receiver.frames.some((bytes) => textOf(bytes) === text);
    const isThere = receiver.raw.readyState === receiver.raw.OPEN;
    expectTrue(!reaches || arrived || !isThere, `a frame of the ${who}'s was lost`);
  }

  /** The sender's answer comes after its frame was taken, the other's after it was handed on. */
  async function settle(sender: End): Promise<void> {
    for (const who of [sender, other(sender)]) {
      const { raw } = sockets[who];
      if (raw.readyState === raw.OPEN)
        await sockets[who].request("session.current", {}).catch(() => undefined);
    }
  }

  async function strangerJoins(): Promise<void> {
    const session = last()?.id;
    if (!session) return;
    if (strangerSocket.raw.readyState !== strangerSocket.raw.OPEN)
      strangerSocket = await connect(server, stranger.helper);
    for (const type of ["relay.join", "session.answer"] as const) {
      const refused = await strangerSocket.request(type, { session }).then(
        () => undefined,
        (error: unknown) => (error instanceof AppError ? error.code : "other"),
      );
      expectTrue(refused === "NOT_FOUND", `a stranger's ${type}: ${refused ?? "taken"}`);
    }
  }

  async function restart(): Promise<void> {
    const before = server;
    server = await startTestServer(db, { ...options, publicUrl: before.context.urls.publicUrl });
    await before.drain();
    for (const who of ENDS) await reconnect(who);
    strangerSocket = await connect(server, stranger.helper);
  }

  async function jump(ms: number): Promise<void> {
    clock.advance(Math.max(0, ms));
    const one = last();
    if (one?.answeredAt !== undefined && now() - one.answeredAt >= LONG_BREAK_MS)
      one.maybeOver = true;
    // In the very instant, before any round has ended what is past its deadline.
    for (const who of ENDS) await send(who);
    if (one) await endLate(one);
  }

  /** The round that ends what is past its deadline; the sockets of such a session are closed. */
  async function endLate(one: Known): Promise<void> {
    await publishWords(server.context, await endLateSessions(server.context));
    const [row] = await db.select().from(sessionRows).where(eq(sessionRows.id, one.id));
    const ended = row?.state === "over";
    expectTrue(ended || one.over || isOpen(one), "what is past its deadline was not ended");
    expectTrue(!ended || !isOpen(one) || one.maybeOver, "what is in time was ended");
    for (const who of ENDS) if (ended && joined[who]) await sockets[who].closed;
  }

  async function take(step: Step): Promise<void> {
    switch (step.do) {
      case "request":
        return await request(step.seconds, step.wrong);
      case "live":
        await request(step.seconds);
        await answer();
        for (const who of ENDS) await join(who);
        return;
      case "answer":
        return await answer();
      case "decline":
        return await hangUp("decline");
      case "end":
        return await hangUp(step.end);
      case "join":
        return await join(step.end);
      case "frame":
        return await send(step.end);
      case "reconnect":
        return await reconnect(step.end);
      case "stranger":
        return await strangerJoins();
      case "restart":
        return await restart();
      case "jump":
        return await jump(step.ms);
      case "edge": {
        const one = last();
        if (!one) return;
        const edge = step.of === "grant" ? one.expiresAt : one.ringUntil;
        return await jump(edge + step.side - now());
      }
    }
  }

  /** The server's word against the model's. */
  async function compare(): Promise<void> {
    const one = last();
    for (const who of ENDS) {
      const reply = await ask(who, "session.current", {});
      if (typeof reply === "string") {
        faults.push(`session.current was refused: ${reply}`);
        continue;
      }
      if (reply.current) {
        expectTrue(isOpen(one) && reply.current.session === one.id, "the server goes on alone");
      } else if (isOpen(one)) {
        expectTrue(one.maybeOver, `what the ${who} was told is lost`);
        one.over = true;
      }
    }
    for (const who of ENDS) checkFrames(who);
  }

  return {
    pair,
    acknowledged: acknowledged as readonly Acknowledged[],
    faults: faults as readonly string[],
    /** How many frames were sent, and how many of them under a grant in force. */
    frames: () => ({
      sent: sent.size,
      allowed: [...sent.values()].filter(({ allowed }) => allowed).length,
    }),
    async take(step: Step): Promise<void> {
      await take(step);
      await compare();
    },
    async close(): Promise<void> {
      for (const socket of [...Object.values(sockets), strangerSocket]) socket.raw.terminate();
      await server.drain();
    },
  };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.slice(14)).toString();
}
