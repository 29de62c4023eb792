import { expect, test } from "vitest";

import { createFakeClock } from "../../../shared/client/testing/fake-clock.ts";
import type { VoiceStatus } from "../../../shared/protocol/peer.ts";
import { VOICE_OFF, type VoiceState } from "../../../shared/voice/voice-state.ts";
import { createSteady, NOT_STEADY } from "./steady.ts";

const ON: VoiceState = { ...VOICE_OFF, state: "on", microphone: "open", peer: "silent" };
const THEIRS: VoiceStatus = {
  type: "voice.status",
  state: "on",
  microphone: "open",
  hears: false,
  line: "good",
};

function create() {
  const clock = createFakeClock();
  const changes = { count: 0 };
  const steady = createSteady({ clock, changed: () => (changes.count += 1) });
  const tell = (theirs: Partial<VoiceStatus> | undefined, voice: Partial<VoiceState> = {}) =>
    steady.tell({
      voice: { ...ON, ...voice },
      theirs: theirs && { ...THEIRS, ...theirs },
      linked: true,
    });
  return { clock, changes, steady, tell };
}

test("« vous entend » is said at once and outlives the pauses between sentences", async () => {
  const { clock, changes, steady, tell } = create();
  for (let sentence = 0; sentence < 5; sentence += 1) {
    tell({ hears: true });
    await clock.advance(2_500);
    tell({ hears: false });
    await clock.advance(9_000);
  }
  expect(steady.view.heard).toBe(true);
  expect(changes.count).toBe(1);
  await clock.advance(1_000);
  expect(steady.view.heard).toBe(false);
  expect(changes.count).toBe(2);
});

test("« vous entend » ends at once where it can't be true any more", () => {
  const { steady, tell } = create();
  for (const [theirs, voice] of [
    [{ hears: true }, { microphone: "muted" }],
    [{ hears: true }, { state: "joining" }],
    [{ state: "unavailable" }, {}],
    [undefined, {}],
  ] as const) {
    tell({ hears: true });
    expect(steady.view.heard).toBe(true);
    tell(theirs, voice);
    expect(steady.view.heard).toBe(false);
  }
});

test("nothing untrue is said of the other while they join", async () => {
  const { clock, changes, tell } = create();
  tell({ state: "off", microphone: "unasked" });
  await clock.advance(1_000);
  tell({ state: "joining", microphone: "unasked" });
  await clock.advance(20_000);
  tell({ state: "joining", microphone: "muted" });
  await clock.advance(1_000);
  tell({ state: "on", microphone: "muted" });
  await clock.advance(1_000);
  tell({ state: "on", microphone: "open" });
  await clock.advance(20_000);
  expect(changes.count).toBe(0);
});

test("what lasts is said of them, and its end at once", async () => {
  const { clock, steady, tell } = create();
  tell({ microphone: "muted" });
  await clock.advance(2_999);
  expect(steady.view.theirs).toBeUndefined();
  await clock.advance(1);
  expect(steady.view.theirs).toBe("muted");
  tell({ microphone: "none" });
  expect(steady.view.theirs).toBe("none");
  tell({});
  expect(steady.view.theirs).toBeUndefined();
  tell({ state: "off" });
  await clock.advance(3_000);
  expect(steady.view.theirs).toBe("off");
});

test("there is no voice once it has been off for 5 s with the link open, not before nor in a break", async () => {
  const { clock, steady, tell } = create();
  tell({}, { state: "off" });
  await clock.advance(4_999);
  expect(steady.view.off).toBe(false);
  await clock.advance(1);
  expect(steady.view.off).toBe(true);
  steady.tell({ voice: VOICE_OFF, theirs: undefined, linked: false });
  expect(steady.view.off).toBe(false);
  await clock.advance(60_000);
  expect(steady.view.off).toBe(false);
});

test("a poor line is said when it lasts, and not said anew each time that it recovers a little", async () => {
  const { clock, changes, steady, tell } = create();
  tell({ line: "poor" });
  await clock.advance(1_000);
  tell({});
  await clock.advance(20_000);
  expect(changes.count).toBe(0);
  tell({ line: "poor" });
  await clock.advance(3_000);
  expect(steady.view.poor).toBe("theirs");
  tell({ line: "fair" });
  await clock.advance(9_000);
  tell({ line: "poor" });
  await clock.advance(20_000);
  expect(changes.count).toBe(1);
  tell({ line: "poor" }, { line: "poor" });
  expect(steady.view.poor).toBe("mine");
});

test("after the end nothing changes any more", async () => {
  const { clock, changes, steady, tell } = create();
  tell({ hears: true, line: "poor" });
  tell({ hears: false, line: "poor" });
  steady.stop();
  const { count } = changes;
  await clock.advance(60_000);
  expect(steady.view).toEqual(NOT_STEADY);
  expect(changes.count).toBe(count);
});
