import { expect, test } from "vitest";

import { createDeviceKey } from "../crypto/device-key.ts";
import { AppError } from "../errors.ts";
import { contentHashSchema, createSessionId } from "../ids.ts";
import { decodeFrame } from "../protocol/frame.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import type { BeneficiaryMessage } from "../protocol/peer.ts";
import { createLink } from "./link.ts";
import { settle, until } from "./testing/fake-clock.ts";
import { createLinkPair, GRANT, messagesOf, openLinkPair } from "./testing/fake-relay.ts";

const DOCUMENT = "A".repeat(22);

function events(...values: unknown[]): BeneficiaryMessage & { type: "mirror.events" } {
  return { type: "mirror.events", document: DOCUMENT, key: false, events: values };
}

test("[L2] two ends that pinned each other open a link and hear each other", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  await pair.beneficiary.link.send({ type: "mirror.resumed" });
  await pair.helper.link.send({ type: "mirror.request" });
  await until(() => messagesOf(pair.helper.events).length === 1);
  await until(() => messagesOf(pair.beneficiary.events).length === 1);
  expect(messagesOf(pair.helper.events)).toEqual([{ type: "mirror.resumed" }]);
  expect(messagesOf(pair.beneficiary.events)).toEqual([{ type: "mirror.request" }]);
});

test("[L2] either end may come first", async () => {
  for (const first of ["beneficiary", "helper"] as const) {
    const pair = await createLinkPair();
    pair.beneficiary.link.start();
    pair.helper.link.start();
    pair.relay[first].connect();
    await settle();
    pair.relay[first === "helper" ? "beneficiary" : "helper"].connect();
    await pair.clock.advance(300);
    await until(() => pair.beneficiary.link.open && pair.helper.link.open);
    expect(pair.beneficiary.events).toEqual([{ type: "open", known: [] }]);
  }
});

test("[L2] a peer that joins at the same moment is greeted once, and the link opens once", async () => {
  for (const order of ["before", "after"] as const) {
    const pair = await createLinkPair();
    const { session } = pair;
    const present = () =>
      pair.relay.helper.hear({
        type: "message",
        message: { type: "relay.peer", session, present: true },
      });
    pair.beneficiary.link.start();
    pair.helper.link.start();
    pair.relay.beneficiary.connect();
    if (order === "before") present();
    // While the hello is on its way: the answer is heard after this word.
    else
      pair.relay.helper.route = (frame) => {
        pair.relay.helper.route = (next) => [next];
        present();
        return [frame];
      };
    pair.relay.helper.connect();
    await until(() => pair.beneficiary.link.open && pair.helper.link.open, "the link to open");
    await pair.clock.advance(1_000);
    expect([order, pair.beneficiary.events]).toEqual([order, [{ type: "open", known: [] }]]);
    expect([order, pair.helper.events]).toEqual([order, [{ type: "open", known: [] }]]);
  }
});

test("[L2] nothing is said to the relay before it has let us in", async () => {
  const pair = await createLinkPair();
  const { helper } = pair.relay;
  const { request } = helper.socket;
  const letIn: (() => void)[] = [];
  helper.socket.request = async (type, body) => {
    await new Promise<void>((resolve) => {
      letIn.push(resolve);
    });
    return request(type, body);
  };
  pair.beneficiary.link.start();
  pair.helper.link.start();
  helper.connect();
  pair.relay.beneficiary.connect();
  helper.hear({
    type: "message",
    message: { type: "relay.peer", session: pair.session, present: true },
  });
  await settle();
  expect(helper.sent).toEqual([]);
  letIn[0]?.();
  await until(() => pair.beneficiary.link.open && pair.helper.link.open, "the link to open");
});

test("[L2] a peer that came back right after the link had opened is greeted again", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  pair.relay.beneficiary.connect();
  await pair.clock.advance(300);
  await until(() => pair.beneficiary.events.length === 3);
  expect(pair.beneficiary.events.map(({ type }) => type)).toEqual(["open", "lost", "open"]);
});

test("[L2] the console says which assets it holds", async () => {
  const pair = await createLinkPair();
  const hash = contentHashSchema.parse(GRANT);
  pair.known.push(hash);
  await openLinkPair(pair);
  expect(pair.beneficiary.events).toContainEqual({ type: "open", known: [hash] });
  expect(pair.helper.events).toContainEqual({ type: "open", known: [] });
});

test("[L2] before the key lock is open nothing can be sent", async () => {
  const pair = await createLinkPair();
  await expect(pair.beneficiary.link.send({ type: "mirror.resumed" })).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  // The console's first sealed frame, its link.ready, never arrives.
  pair.relay.helper.route = (frame) => (decodeFrame(frame).epoch === 0 ? [frame] : []);
  pair.beneficiary.link.start();
  pair.helper.link.start();
  pair.relay.beneficiary.connect();
  pair.relay.helper.connect();
  await until(() => pair.helper.link.open);
  expect(pair.beneficiary.link.open).toBe(false);
  await expect(pair.beneficiary.link.send({ type: "mirror.resumed" })).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  await settle();
  // The answer and its own link.ready: nothing else has left the extension.
  expect(pair.relay.beneficiary.sent.map((frame) => decodeFrame(frame).epoch)).toEqual([0, 1]);
});

test("[L3] everything after the handshake is sealed, and no frame is above 64 KiB", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  const secret = "Ce texte ne passe pas en clair. ".repeat(8000);
  await pair.beneficiary.link.send(events(secret, crypto.randomUUID()));
  await until(() => messagesOf(pair.helper.events).length === 1);
  for (const frame of [...pair.relay.beneficiary.sent, ...pair.relay.helper.sent]) {
    expect(frame.length).toBeLessThanOrEqual(MAX_FRAME_BYTES);
    expect(new TextDecoder("latin1").decode(frame)).not.toMatch(/passe|mirror|link\./);
  }
});

test("[L5] messages of every size arrive once, in the order of the calls", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  const sent = [0, 1, 49_151, 10, 200_000, 3, 65_536, 0, 1_000_000, 5].map((length, at) =>
    events(at, noise(length)),
  );
  await Promise.all(sent.map((message) => pair.beneficiary.link.send(message)));
  await until(() => messagesOf(pair.helper.events).length === sent.length);
  expect(messagesOf(pair.helper.events)).toEqual(sent);
});

test("[L5] what is urgent overtakes a long message, and nothing else does", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  pair.relay.beneficiary.buffered = 10_000_000;
  const key = { ...events(noise(300_000)), key: true };
  const long = pair.beneficiary.link.send(key);
  const after = pair.beneficiary.link.send({ type: "mirror.resumed" });
  await settle();
  await pair.beneficiary.link.send({ type: "guide.state", guide: 1, state: "shown" });
  await until(() => messagesOf(pair.helper.events).length === 1);
  pair.relay.beneficiary.buffered = 0;
  await pair.clock.advance(20);
  await Promise.all([long, after]);
  await until(() => messagesOf(pair.helper.events).length === 3);
  expect(messagesOf(pair.helper.events).map(({ type }) => type)).toEqual([
    "guide.state",
    "mirror.events",
    "mirror.resumed",
  ]);
});

test("[L5] a message that is too long is refused, and the next one crosses", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  const long = events("x".repeat(33 * 1024 * 1024));
  await expect(pair.beneficiary.link.send(long)).rejects.toMatchObject({ code: "TOO_LARGE" });
  await pair.beneficiary.link.send({ type: "mirror.resumed" });
  await until(() => messagesOf(pair.helper.events).length === 1);
});

test("[L2] after a break there is a new handshake, with a higher epoch and other keys", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  for (const end of ["helper", "beneficiary"] as const) {
    pair.relay[end].disconnect();
    await settle();
    expect([pair.beneficiary.link.open, pair.helper.link.open]).toEqual([false, false]);
    pair.relay[end].connect();
    await pair.clock.advance(300);
    await until(() => pair.beneficiary.link.open && pair.helper.link.open);
  }
  await pair.beneficiary.link.send({ type: "mirror.resumed" });
  await until(() => messagesOf(pair.helper.events).length === 1);
  const epochs = pair.relay.beneficiary.sent.map((frame) => decodeFrame(frame).epoch);
  expect(Math.max(...epochs)).toBeGreaterThan(2);
  expect(pair.helper.events.filter(({ type }) => type === "lost")).toHaveLength(2);
});

test("[L2] a connection lost in the middle of a message: it is refused, never half delivered", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  let frames = 0;
  pair.relay.beneficiary.route = (frame) => {
    frames += 1;
    if (frames === 3) queueMicrotask(() => pair.relay.beneficiary.disconnect());
    return [frame];
  };
  const cut = pair.beneficiary.link.send(events(noise(600_000)));
  const next = pair.beneficiary.link.send({ type: "mirror.resumed" });
  await expect(cut).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect(next).rejects.toMatchObject({ code: "UNAVAILABLE" });
  pair.relay.beneficiary.connect();
  await pair.clock.advance(300);
  await until(() => pair.beneficiary.link.open && pair.helper.link.open);
  await pair.beneficiary.link.send(events("after"));
  await until(() => messagesOf(pair.helper.events).length === 1);
  expect(messagesOf(pair.helper.events)).toEqual([events("after")]);
});

test("[L2] an extension that begins again goes on above the console's last epoch", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  pair.beneficiary.link.close();
  pair.relay.beneficiary.disconnect();
  const again = createLink({
    end: "beneficiary",
    socket: pair.relay.beneficiary.socket,
    session: pair.session,
    grant: pair.grant,
    key: pair.keys.beneficiary,
    peer: pair.keys.helper,
    clock: pair.clock,
  });
  again.start();
  pair.relay.beneficiary.connect();
  await pair.clock.advance(300);
  await until(() => again.open && pair.helper.link.open);
  const last = pair.relay.beneficiary.sent.at(-1);
  expect(last && decodeFrame(last).epoch).toBe(2);
});

test("[L2] a key that is not the pinned device's ends the link before a byte has left", async () => {
  const pair = await createLinkPair();
  const stranger = await createDeviceKey();
  const link = createLink({
    end: "beneficiary",
    socket: pair.relay.beneficiary.socket,
    session: createSessionId(),
    grant: pair.grant,
    key: pair.keys.beneficiary,
    peer: { id: pair.keys.helper.id, publicKey: stranger.publicKey },
    clock: pair.clock,
  });
  const reasons: string[] = [];
  link.listen((event) => {
    if (event.type === "forged") reasons.push(event.reason);
  });
  link.start();
  pair.relay.beneficiary.connect();
  await until(() => reasons.length === 1);
  await expect(link.send({ type: "mirror.resumed" })).rejects.toBeInstanceOf(AppError);
  expect(pair.relay.beneficiary.sent).toEqual([]);
});

test("[L2] a hello that got lost is said again, with a fresh key", async () => {
  const pair = await createLinkPair();
  pair.relay.helper.route = () => [];
  pair.beneficiary.link.start();
  pair.helper.link.start();
  pair.relay.beneficiary.connect();
  pair.relay.helper.connect();
  await settle();
  expect(pair.helper.link.open).toBe(false);
  pair.relay.helper.route = (frame) => [frame];
  await pair.clock.advance(5_000);
  await until(() => pair.beneficiary.link.open && pair.helper.link.open);
  const [first, second] = pair.relay.helper.sent;
  expect(first).not.toEqual(second);
});

test("[L7] a closed link sends, hears and says nothing more", async () => {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  pair.beneficiary.link.close();
  const before = pair.beneficiary.events.length;
  await expect(pair.beneficiary.link.send({ type: "mirror.resumed" })).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  await pair.helper.link.send({ type: "mirror.request" });
  await settle();
  expect(pair.beneficiary.events).toHaveLength(before);
  expect(pair.beneficiary.link.open).toBe(false);
});

/** Text that deflate can hardly shorten. */
function noise(length: number): string {
  let text = "";
  while (text.length < length) text += crypto.randomUUID();
  return text.slice(0, length);
}
