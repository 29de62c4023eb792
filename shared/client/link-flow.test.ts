import { expect, test } from "vitest";

import type { BeneficiaryMessage } from "../protocol/peer.ts";
import { settle, until } from "./testing/fake-clock.ts";
import { createLinkPair, type LinkPair, messagesOf, openLinkPair } from "./testing/fake-relay.ts";

const DOCUMENT = "A".repeat(22);
const MIB = 1024 * 1024;

function events(...values: unknown[]): BeneficiaryMessage & { type: "mirror.events" } {
  return { type: "mirror.events", document: DOCUMENT, key: false, events: values };
}

async function openPair(): Promise<LinkPair> {
  const pair = await createLinkPair();
  await openLinkPair(pair);
  return pair;
}

function slowOf(pair: LinkPair): boolean[] {
  return pair.beneficiary.events.flatMap((event) => (event.type === "slow" ? [event.slow] : []));
}

test("[L6] what was worked on is acknowledged within 100 ms, and an idle link says nothing", async () => {
  const pair = await openPair();
  await pair.clock.advance(1_000);
  await pair.beneficiary.link.send({ type: "mirror.resumed" });
  await until(() => messagesOf(pair.helper.events).length === 1);
  await pair.clock.advance(100);
  const frames = () => pair.relay.beneficiary.sent.length + pair.relay.helper.sent.length;
  const before = frames();
  await pair.clock.advance(10_000);
  expect(frames()).toBe(before);
  expect(slowOf(pair)).toEqual([]);
});

test("[L6] a helper that doesn't follow makes the link slow, and drained when it has followed", async () => {
  const pair = await openPair();
  const finish: (() => void)[] = [];
  const work = new Promise<void>((resolve) => {
    finish.push(resolve);
  });
  pair.helper.link.listen((event) => (event.type === "message" ? work : undefined));
  await pair.beneficiary.link.send(events("a"));
  await until(() => messagesOf(pair.helper.events).length === 1);
  await pair.clock.advance(2_001);
  expect([slowOf(pair), pair.beneficiary.link.congested]).toEqual([[true], true]);
  finish[0]?.();
  await settle();
  await pair.clock.advance(100);
  await until(() => !pair.beneficiary.link.congested);
  expect(slowOf(pair)).toEqual([true, false]);
});

test("[L6] a key frame of several MiB crosses a link that is never taken for slow", async () => {
  const pair = await openPair();
  const key = { ...events(noise(6 * MIB)), key: true };
  const sent = pair.beneficiary.link.send(key);
  for (let times = 0; times < 400 && messagesOf(pair.helper.events).length === 0; times += 1)
    await pair.clock.advance(20);
  await sent;
  expect(messagesOf(pair.helper.events)).toEqual([key]);
  expect(slowOf(pair)).toEqual([]);
});

test("[R6] no more than about 2 MiB is on the way to a helper that acknowledges nothing", async () => {
  const pair = await openPair();
  pair.relay.helper.route = () => [];
  const cut = pair.beneficiary.link.send({ ...events(noise(8 * MIB)), key: true });
  cut.catch(() => undefined);
  const bytes = () => pair.relay.beneficiary.sent.reduce((sum, frame) => sum + frame.length, 0);
  // Deflating takes real time, whatever the clock of the test says.
  await until(() => bytes() > 0.5 * MIB, "the message to leave");
  for (let times = 0; times < 40; times += 1) await pair.clock.advance(20);
  expect(bytes()).toBeGreaterThan(2 * MIB);
  expect(bytes()).toBeLessThan(2.2 * MIB);
  await pair.clock.advance(2_000);
  expect(pair.beneficiary.link.congested).toBe(true);
});

/** Text that deflate can hardly shorten. */
function noise(length: number): string {
  const parts: string[] = [];
  for (let size = 0; size < length; size += 36) parts.push(crypto.randomUUID());
  return parts.join("").slice(0, length);
}
