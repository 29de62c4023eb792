import { beforeEach, expect, test, vi } from "vitest";

import { createFakeClock, settle } from "../../shared/client/testing/fake-clock.ts";
import { VOICE_OFF, type VoiceState } from "../../shared/voice/voice-state.ts";
import type { createVoice, Voice } from "../../shared/voice/voice.ts";
import type { PlaceEvent, Want } from "../messaging/voice-port.ts";
import { createLocalPlace } from "./local-place.ts";
import type { VoicePlace } from "./voice-place.ts";

type Options = Parameters<typeof createVoice>[0];
type Made = { options: Options; did: [string, unknown?][]; emit(state: Partial<VoiceState>): void };

const WANT: Want = { key: "A".repeat(43), muted: false, volume: 1, meter: false };
const DEVICES = { microphones: [{ id: "a", label: "Casque" }], speakers: [] };

const ignore = (): void => undefined;

let made: Made[];
let heard: PlaceEvent[];
let place: VoicePlace;

function fakeVoice(options: Options): Voice {
  const did: Made["did"] = [];
  let listener: (state: VoiceState) => void = ignore;
  const note =
    (verb: string) =>
    (value?: unknown): Promise<void> => {
      did.push([verb, value]);
      return Promise.resolve();
    };
  made.push({ options, did, emit: (state) => listener({ ...VOICE_OFF, ...state }) });
  return {
    state: VOICE_OFF,
    listen(next) {
      listener = next;
      return () => undefined;
    },
    listenLevel(level) {
      did.push(["level"]);
      level(0.5);
      return () => did.push(["no level"]);
    },
    setKey: (key) => void note("key")(key.length),
    setMuted: note("mute"),
    setVolume: (volume) => void note("volume")(volume),
    setMicrophone: note("microphone"),
    setSpeaker: note("speaker"),
    listDevices: () => Promise.resolve(DEVICES),
    microphoneChanged: () => void note("look")(),
    startPlayback: note("play"),
    close: () => void note("close")(),
  };
}

beforeEach(() => {
  made = [];
  heard = [];
  place = createLocalPlace({
    createVoice: fakeVoice,
    clock: createFakeClock(),
    failed: vi.fn<() => void>(),
  });
  place.serve({
    requestTicket: () => Promise.resolve({ url: "wss://voix.example", token: "t" }),
    hear: (event) => heard.push(event),
  });
});

test("[A5] the key is the first thing that a voice gets", () => {
  place.want({ ...WANT, muted: true, volume: 0.5, microphone: "a" });
  expect(made[0]?.options).toMatchObject({
    end: "beneficiary",
    muted: true,
    volume: 0.5,
    microphone: "a",
  });
  expect(made[0]?.did).toEqual([["key", 32]]);
});

test("wishes change the same voice, and only what they change", () => {
  place.want(WANT);
  place.want({ ...WANT, muted: true });
  place.want({ ...WANT, muted: true, volume: 0.2, speaker: "b" });
  place.want({ ...WANT, muted: true, volume: 0.2 });
  expect(made).toHaveLength(1);
  expect(made[0]?.did.slice(1)).toEqual([
    ["mute", true],
    ["volume", 0.2],
    ["speaker", "b"],
    ["speaker", undefined],
  ]);
});

test("another key is another voice; none closes it at once", () => {
  place.want(WANT);
  place.want({ ...WANT, key: "B".repeat(42) + "A" });
  expect(made[0]?.did.at(-1)?.[0]).toBe("close");
  expect(made).toHaveLength(2);
  place.want(undefined);
  expect(made[1]?.did.at(-1)?.[0]).toBe("close");
  expect(heard.at(-1)).toEqual({ type: "place.state", state: VOICE_OFF });
  made[1]?.emit({ state: "on", microphone: "open" });
  expect(heard.at(-1)).toEqual({ type: "place.state", state: VOICE_OFF });
});

test("the level is measured while somebody looks", () => {
  place.want(WANT);
  place.want({ ...WANT, meter: true });
  expect(heard.at(-1)).toEqual({ type: "place.level", level: 0.5 });
  place.want(WANT);
  expect(made[0]?.did.at(-1)).toEqual(["no level"]);
});

test("devices are told once, and again only when they change", async () => {
  place.want(WANT);
  await settle();
  made[0]?.emit({ state: "on" });
  await settle();
  expect(heard.filter(({ type }) => type === "place.devices")).toEqual([
    { type: "place.devices", ...DEVICES },
  ]);
});

test("nothing is wanted: nothing is looked for, and nothing is played", () => {
  place.look();
  place.play();
  expect(made).toEqual([]);
  place.want(WANT);
  place.look();
  place.play();
  expect(made[0]?.did.map(([verb]) => verb)).toEqual(["key", "look", "play"]);
});
