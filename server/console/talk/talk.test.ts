import { expect, test } from "vitest";

import { createFakeClock } from "../../../shared/client/testing/fake-clock.ts";
import { createTalk } from "./talk.ts";

function create(off = false) {
  const kept = { off };
  const begin = () =>
    createTalk({
      requestToken: () => new Promise(() => undefined),
      send: async () => undefined,
      clock: createFakeClock(),
      wall: () => 0,
      switchedOff: { get: () => kept.off, set: (next) => (kept.off = next) },
    });
  return { kept, begin, talk: begin() };
}

test("[A6] a microphone that the helper switched off is off again after a restart, and on only by their hand", async () => {
  const { talk, begin } = create();
  expect(talk.state.get().muted).toBe(false);
  await talk.setMuted(true);
  talk.stop();
  const next = begin();
  expect(next.state.get().muted).toBe(true);
  await next.setMuted(false);
  expect(begin().state.get().muted).toBe(false);
});

test("[A6] what a held key does is not the helper's switch: it is not remembered", async () => {
  const { talk, kept } = create();
  await talk.setHoldToTalk(true);
  expect(talk.state.get().muted).toBe(true);
  await talk.hold(true);
  expect(talk.state.get().muted).toBe(false);
  await talk.hold(false);
  expect(kept.off).toBe(false);
  await talk.setHoldToTalk(false);
  expect(talk.state.get().muted).toBe(false);
});

test("[A6] a microphone that was switched off stays off when talking by holding ends", async () => {
  const { talk } = create(true);
  await talk.setHoldToTalk(true);
  await talk.hold(true);
  await talk.hold(false);
  await talk.setHoldToTalk(false);
  expect(talk.state.get().muted).toBe(true);
});

test("[A7] when the link opens, a voice that is about to begin is not said to be off", async () => {
  const clock = createFakeClock();
  const sent: string[] = [];
  const talk = createTalk({
    requestToken: () => new Promise(() => undefined),
    send: async (message) => void sent.push(message.type),
    clock,
    wall: () => 0,
    switchedOff: { get: () => false, set: () => undefined },
  });
  talk.linkOpened();
  await clock.advance(2_000);
  expect(sent).toEqual([]);
  await clock.advance(1_000);
  expect(sent).toEqual(["voice.status"]);
});
