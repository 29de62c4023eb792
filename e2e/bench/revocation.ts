import { randomBytes } from "node:crypto";

import { z } from "zod";

import type { SessionId } from "../../shared/ids.ts";
import { DIRECTION, encodeFrame } from "../../shared/protocol/frame.ts";
import { whyNoLiveKit } from "../driver/livekit.ts";
import { launchMediaClients, type MediaClient } from "../driver/media-client.ts";
import type { RawClient } from "../driver/raw-client.ts";
import { liveRaw, pairRaw } from "../driver/raw-session.ts";
import { createWorld, type World } from "../driver/world.ts";
import { compare, type Measure, percentile } from "./statistics.ts";

const SESSIONS = 200;
const ROOMS = 5;
/** A mirror at work: each session sends that often, and goes on after its end. */
const FRAME_MS = 500;
const FRAME_BYTES = 2_000;
/** Longer than what is promised, so that what comes late is seen. */
const WATCH_MS = 3_000;
const SHARES = [0.5, 0.99];

interface Open {
  beneficiary: RawClient;
  helper: RawClient;
  session: SessionId;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function openSession(world: World): Promise<Open> {
  const pair = await pairRaw(world);
  const session = await liveRaw(pair);
  return { beneficiary: pair.beneficiary, helper: pair.helper, session };
}

/** Every session sends frames until it is called; so do those that have ended. */
function keepSending(sessions: readonly Open[]): () => void {
  let sequence = 0;
  const timer = setInterval(() => {
    sequence += 1;
    const header = { epoch: 1, sequence, direction: DIRECTION.TO_HELPER };
    for (const { beneficiary } of sessions)
      beneficiary.send(encodeFrame(header, randomBytes(FRAME_BYTES)));
  }, FRAME_MS);
  return () => clearInterval(timer);
}

/** From the gesture to the later of: the helper's side is told, the last frame reaches it. */
async function revoke({ beneficiary, helper, session }: Open): Promise<() => number> {
  const from = performance.now();
  const asked = beneficiary.ask({ type: "session.end", session, reason: "stopped" });
  await helper.next("session.over");
  const told = performance.now() - from;
  await asked;
  return () => Math.max(told, helper.lastFrameAt() - from);
}

async function measureRelay(world: World): Promise<{ alone: number[]; together: number[] }> {
  const sessions: Open[] = [];
  for (let count = 0; count < SESSIONS; count += 1) sessions.push(await openSession(world));
  const stop = keepSending(sessions);
  try {
    await pause(2 * FRAME_MS);
    const half = sessions.slice(0, SESSIONS / 2);
    const one: (() => number)[] = [];
    for (const session of half) one.push(await revoke(session));
    const all = await Promise.all(sessions.slice(SESSIONS / 2).map(revoke));
    await pause(WATCH_MS);
    return { alone: one.map((read) => read()), together: all.map((read) => read()) };
  } finally {
    stop();
    for (const { beneficiary, helper } of sessions) {
      beneficiary.close();
      helper.close();
    }
  }
}

async function tokenOf(end: RawClient, session: SessionId): Promise<string> {
  const answer = await end.ask({ type: "voice.join", session });
  if (answer.type !== "done") throw new Error(`refused: ${JSON.stringify(answer)}`);
  return z.object({ token: z.string() }).parse(answer.data).token;
}

/** Two programs in each room that keep every connection open and go on speaking. */
async function measureVoice(world: World): Promise<number[]> {
  if (!world.livekit) throw new Error("no livekit-server");
  const clients = await launchMediaClients(world.chromium, world.livekit);
  try {
    const rooms: { open: Open; both: MediaClient[] }[] = [];
    for (let count = 0; count < ROOMS; count += 1) {
      const open = await openSession(world);
      const both: MediaClient[] = [];
      for (const end of [open.beneficiary, open.helper]) {
        const client = await clients.create({ isStubborn: true });
        await client.join(await tokenOf(end, open.session));
        await client.say(440);
        both.push(client);
      }
      rooms.push({ open, both });
    }
    await pause(WATCH_MS);
    const ended = await Promise.all(
      rooms.map(async ({ open: { beneficiary, session } }) => {
        const from = Date.now();
        await beneficiary.ask({ type: "session.end", session, reason: "stopped" });
        return from;
      }),
    );
    await pause(WATCH_MS);
    const late: number[] = [];
    for (const [at, { both }] of rooms.entries())
      for (const client of both) {
        const { lastAt } = await client.packets();
        if (lastAt === 0) throw new Error("no packet ever came");
        late.push(Math.max(0, lastAt - (ended[at] ?? 0)));
      }
    return late;
  } finally {
    await clients.close();
  }
}

function shares(name: string, values: readonly number[]): Measure[] {
  return SHARES.map((share) =>
    compare(`${name}, p${share * 100}`, "ms", percentile(values, share), undefined),
  );
}

/** [R3] [A4] How long what was refused still comes through; the promise is a second. */
export async function measureRevocation(say: (text: string) => void): Promise<Measure[]> {
  const missing = await whyNoLiveKit();
  say(`revocation: ${SESSIONS} sessions`);
  const world = await createWorld({}, missing === undefined ? {} : undefined);
  try {
    const { alone, together } = await measureRelay(world);
    const measures = [
      ...shares(`revocation, one of ${SESSIONS} sessions`, alone),
      ...shares(`revocation, ${SESSIONS / 2} sessions at once`, together),
    ];
    if (missing !== undefined) {
      say(`revocation of voices: not measured: ${missing}`);
      return measures;
    }
    say(`revocation: ${ROOMS} rooms of voices`);
    return [
      ...measures,
      ...shares(`revocation, ${ROOMS} rooms at once: last packet`, await measureVoice(world)),
    ];
  } finally {
    await world.close();
  }
}
