import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { Bytes } from "../bytes.ts";
import { createDeviceKey } from "../crypto/device-key.ts";
import { createHello } from "../crypto/handshake.ts";
import { createSessionId } from "../ids.ts";
import { decodeFrame, DIRECTION, encodeFrame, type FrameHeader } from "../protocol/frame.ts";
import { createLink } from "./link.ts";
import { settle, until } from "./testing/fake-clock.ts";
import {
  createLinkPair,
  type LinkPair,
  messagesOf,
  openLinkPair,
  type Side,
} from "./testing/fake-relay.ts";

/** The relay is hostile. Nothing that it does is ever delivered, and forgery ends the link. */

const EVENT = { type: "mirror.events", document: "A".repeat(22), key: false } as const;

async function openPair(): Promise<LinkPair> {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  await settle();
  return pair;
}

function inject(side: Side, bytes: Bytes): void {
  side.hear({ type: "frame", bytes });
}

function forgedIn(events: readonly { type: string }[]): number {
  return events.filter(({ type }) => type === "forged").length;
}

/** Sends three messages through what `route` makes of the sealed frames of the beneficiary. */
async function sendThrough(route: (frame: Bytes, at: number) => Bytes[]): Promise<LinkPair> {
  const pair = await openPair();
  let at = -1;
  pair.relay.beneficiary.route = (frame) => {
    at += 1;
    return route(frame, at);
  };
  for (const value of [0, 1, 2])
    await pair.beneficiary.link.send({ ...EVENT, events: [value] }).catch(() => undefined);
  await settle();
  return pair;
}

function valuesOf(pair: LinkPair): unknown[] {
  return messagesOf(pair.helper.events).flatMap((message) =>
    message.type === "mirror.events" ? message.events : [message],
  );
}

test("[L4] a relay that drops a frame", async () => {
  const pair = await sendThrough((frame, at) => (at === 1 ? [] : [frame]));
  expect(valuesOf(pair)).toEqual([0]);
  expect(forgedIn(pair.helper.events)).toBe(1);
});

test("[L4] a relay that sends a frame twice", async () => {
  const pair = await sendThrough((frame) => [frame, frame]);
  expect(valuesOf(pair)).toEqual([0]);
  expect(forgedIn(pair.helper.events)).toBe(1);
});

test("[L4] a relay that changes the order", async () => {
  let held: Bytes | undefined;
  const pair = await sendThrough((frame, at) => {
    if (at === 0) held = frame;
    return at === 1 && held ? [frame, held] : [];
  });
  expect(valuesOf(pair)).toEqual([]);
  expect(forgedIn(pair.helper.events)).toBe(1);
});

test("[L4] a relay that changes one bit, anywhere", async () => {
  for (const where of [0, 1, 2, 5, 6, 13, 14, 20, -1]) {
    const pair = await sendThrough((frame) => {
      const changed = frame.slice();
      const at = where < 0 ? changed.length + where : where;
      changed[at] = (changed[at] ?? 0) ^ 1;
      return [changed];
    });
    expect(valuesOf(pair), `byte ${where}`).toEqual([]);
  }
});

test("[L4] a relay that cuts a frame, or adds to it", async () => {
  for (const change of [
    (frame: Bytes) => frame.slice(0, -1),
    (frame: Bytes) => frame.slice(0, 14),
    () => new Uint8Array(0),
    (frame: Bytes) => Uint8Array.of(...frame, 0),
    () => new Uint8Array(70_000).fill(1),
  ]) {
    const pair = await sendThrough((frame) => [change(frame)]);
    expect(valuesOf(pair)).toEqual([]);
    expect(forgedIn(pair.helper.events)).toBe(1);
  }
});

test("[L4] a relay that turns a frame around", async () => {
  const pair = await openPair();
  await pair.beneficiary.link.send({ type: "mirror.resumed" });
  const own = pair.relay.beneficiary.sent.at(-1);
  if (own) inject(pair.relay.beneficiary, own);
  await settle();
  expect(messagesOf(pair.beneficiary.events)).toEqual([]);
  expect(forgedIn(pair.beneficiary.events)).toBe(1);
  await expect(pair.beneficiary.link.send({ type: "mirror.resumed" })).rejects.toMatchObject({
    code: "FORGED",
  });
});

test("[L4] a relay that invents whole frames", async () => {
  const frames: FrameHeader[] = [
    { direction: DIRECTION.TO_HELPER, epoch: 1, sequence: 1 },
    { direction: DIRECTION.TO_HELPER, epoch: 2, sequence: 0 },
    { direction: DIRECTION.TO_HELPER, epoch: 0, sequence: 0 },
    { direction: DIRECTION.TO_HELPER, epoch: 0, sequence: 1 },
  ];
  for (const header of frames) {
    const pair = await openPair();
    inject(pair.relay.helper, encodeFrame(header, new Uint8Array(213)));
    await settle();
    expect(messagesOf(pair.helper.events)).toEqual([]);
    expect(forgedIn(pair.helper.events)).toBe(1);
  }
});

test("[L4] whatever bytes a relay sends, at any time, none is delivered", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      async (junk, opened) => {
        const pair = opened ? await openPair() : await createLinkPair();
        pair.beneficiary.link.start();
        pair.helper.link.start();
        for (const bytes of junk) {
          inject(pair.relay.helper, bytes.slice());
          inject(pair.relay.beneficiary, bytes.slice());
        }
        await settle();
        expect(messagesOf(pair.helper.events)).toEqual([]);
        expect(messagesOf(pair.beneficiary.events)).toEqual([]);
        expect(forgedIn(pair.helper.events)).toBe(1);
        expect(forgedIn(pair.beneficiary.events)).toBe(1);
      },
    ),
    { numRuns: 15 },
  );
});

test("[L4] frames of an older epoch are dropped, and the link goes on", async () => {
  const pair = await openPair();
  await pair.beneficiary.link.send({ ...EVENT, events: ["old"] });
  const old = pair.relay.beneficiary.sent.filter((frame) => decodeFrame(frame).epoch === 1);
  pair.relay.helper.disconnect();
  pair.relay.helper.connect();
  await pair.clock.advance(300);
  await until(() => pair.beneficiary.link.open && pair.helper.link.open);
  for (const frame of old) inject(pair.relay.helper, frame);
  await pair.beneficiary.link.send({ ...EVENT, events: ["new"] });
  await until(() => valuesOf(pair).includes("new"));
  expect(valuesOf(pair)).toEqual(["old", "new"]);
  expect(forgedIn(pair.helper.events)).toBe(0);
});

test("[L2] a hello that is played again ends the link at the extension", async () => {
  const pair = await openPair();
  const [hello] = pair.relay.helper.sent;
  if (hello) inject(pair.relay.beneficiary, hello);
  await settle();
  expect(forgedIn(pair.beneficiary.events)).toBe(1);
  expect(pair.beneficiary.link.open).toBe(false);
});

test("[L2] an answer that is played again ends the link at the console", async () => {
  const pair = await openPair();
  const [answer] = pair.relay.beneficiary.sent;
  if (answer) inject(pair.relay.helper, answer);
  await settle();
  expect(forgedIn(pair.helper.events)).toBe(1);
});

test("[L2] an answer to a hello that was given up is dropped, and the next one opens", async () => {
  const pair = await createLinkPair();
  const answers: Bytes[] = [];
  pair.relay.beneficiary.route = (frame) => {
    answers.push(frame);
    return [];
  };
  pair.beneficiary.link.start();
  pair.helper.link.start();
  pair.relay.beneficiary.connect();
  pair.relay.helper.connect();
  await until(() => answers.length === 2);
  pair.relay.helper.route = () => [];
  await pair.clock.advance(5_000);
  await until(() => pair.relay.helper.sent.length === 2);
  for (const late of answers) inject(pair.relay.helper, late);
  await settle();
  expect(forgedIn(pair.helper.events)).toBe(0);
  expect(pair.helper.link.open).toBe(false);
  pair.relay.helper.route = (frame) => [frame];
  pair.relay.beneficiary.route = (frame) => [frame];
  await pair.clock.advance(10_000);
  await until(() => pair.beneficiary.link.open && pair.helper.link.open);
});

test("[L2] a hello of another device key ends the link, and no answer leaves", async () => {
  const pair = await createLinkPair();
  pair.beneficiary.link.start();
  pair.relay.beneficiary.connect();
  const stranger = await createDeviceKey();
  const link = {
    session: pair.session,
    grant: pair.grant,
    beneficiary: pair.keys.beneficiary.id,
    helper: pair.keys.helper.id,
  };
  const { payload } = await createHello(stranger, link, 0);
  const header = { direction: DIRECTION.TO_BENEFICIARY, epoch: 0, sequence: 0 };
  inject(pair.relay.beneficiary, encodeFrame(header, payload));
  await settle();
  expect(forgedIn(pair.beneficiary.events)).toBe(1);
  expect(pair.relay.beneficiary.sent).toEqual([]);
});

test("[L2] frames of another session of the same two devices are refused", async () => {
  const pair = await createLinkPair();
  const other = createLink({
    end: "helper",
    socket: pair.relay.helper.socket,
    session: createSessionId(),
    grant: pair.grant,
    key: pair.keys.helper,
    peer: pair.keys.beneficiary,
    clock: pair.clock,
  });
  pair.beneficiary.link.start();
  other.start();
  pair.relay.beneficiary.connect();
  pair.relay.helper.connect();
  await until(() => forgedIn(pair.beneficiary.events) === 1);
  expect(pair.relay.beneficiary.sent).toEqual([]);
});

test("[L2] a relay that hands out an end to a stranger: the beneficiary sends it nothing", async () => {
  const pair = await createLinkPair();
  const stranger = await createDeviceKey();
  const added = createLink({
    end: "helper",
    socket: pair.relay.helper.socket,
    session: pair.session,
    grant: pair.grant,
    key: stranger,
    peer: pair.keys.beneficiary,
    clock: pair.clock,
  });
  pair.beneficiary.link.start();
  added.start();
  pair.relay.beneficiary.connect();
  pair.relay.helper.connect();
  await until(() => forgedIn(pair.beneficiary.events) === 1);
  expect(pair.relay.beneficiary.sent).toEqual([]);
  expect(added.open).toBe(false);
});

test("[L2] a relay that lies about the peer only makes the ends begin again", async () => {
  const pair = await openPair();
  const lie = (side: Side, present: boolean) =>
    side.hear({ type: "message", message: { type: "relay.peer", session: pair.session, present } });
  for (let times = 0; times < 20; times += 1) lie(pair.relay.helper, true);
  lie(pair.relay.beneficiary, true);
  await pair.clock.advance(300);
  await until(() => pair.beneficiary.link.open && pair.helper.link.open);
  // At most four hellos in a second, whatever the relay says.
  const hellos = pair.relay.helper.sent.filter((frame) => decodeFrame(frame).epoch === 0);
  expect(hellos.length).toBeLessThanOrEqual(4);
  lie(pair.relay.beneficiary, false);
  await settle();
  expect(pair.beneficiary.link.open).toBe(false);
  await expect(pair.beneficiary.link.send({ type: "mirror.resumed" })).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  lie(pair.relay.helper, true);
  await pair.clock.advance(300);
  await until(() => pair.beneficiary.link.open && pair.helper.link.open);
  expect(forgedIn(pair.helper.events) + forgedIn(pair.beneficiary.events)).toBe(0);
});

test("[L2] a peer event of another session changes nothing", async () => {
  const pair = await openPair();
  const message = { type: "relay.peer", session: createSessionId(), present: false } as const;
  pair.relay.beneficiary.hear({ type: "message", message });
  await settle();
  expect(pair.beneficiary.link.open).toBe(true);
});

test("[L2] whatever the relay does with the console's frames, nothing but an answer and link.ready leaves before the key lock", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("keep", "drop", "twice", "alter"), { minLength: 4, maxLength: 4 }),
      async (fates) => {
        const pair = await createLinkPair();
        let turn = -1;
        pair.relay.helper.route = (frame) => {
          turn += 1;
          const fate = decodeFrame(frame).epoch === 0 ? fates[turn % 4] : "drop";
          if (fate === "drop") return [];
          if (fate === "alter") return [withoutLastBit(frame)];
          return fate === "twice" ? [frame, frame] : [frame];
        };
        pair.beneficiary.link.start();
        pair.helper.link.start();
        pair.relay.beneficiary.connect();
        pair.relay.helper.connect();
        for (let times = 0; times < 3; times += 1) {
          await settle();
          await pair.beneficiary.link.send({ type: "mirror.resumed" }).catch(() => undefined);
          await pair.clock.advance(6_000);
        }
        expect(pair.beneficiary.link.open).toBe(false);
        for (const frame of pair.relay.beneficiary.sent)
          expect(decodeFrame(frame).sequence).toBe(0);
      },
    ),
    { numRuns: 15 },
  );
});

function withoutLastBit(frame: Bytes): Bytes {
  const changed = frame.slice();
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}
