import { expect, test, vi } from "vitest";

import { createFakeClock, settle } from "../client/testing/fake-clock.ts";
import { createWorld, KEY } from "./testing/voice-world.ts";
import { createVoice } from "./voice.ts";

test("[A6] muted before it joins, it is muted before anything is published, and says so", async () => {
  const { world, voice } = createWorld({ muted: true });
  voice.setKey(KEY);
  await settle();
  expect(world.rooms[0]).toMatchObject({ muted: true, enabledAtFirst: false });
  expect(voice.state.microphone).toBe("muted");
  await voice.setMuted(false);
  expect(world.rooms[0]?.muted).toBe(false);
  expect(world.tracks[0]?.enabled).toBe(true);
  expect(voice.state.microphone).toBe("open");
});

test("[A6] muting acts on the microphone at once, even where the voice server never answers", async () => {
  const { world, voice } = createWorld();
  world.hang = true;
  voice.setKey(KEY);
  await settle();
  expect(world.tracks[0]?.enabled).toBe(true);
  void voice.setMuted(true);
  expect(world.tracks[0]?.enabled).toBe(false);
  expect(voice.state.microphone).toBe("muted");
});

test("[A6] muted while there was no room, it is muted in the next one", async () => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  world.lose("lost");
  await voice.setMuted(true);
  await advance(1_000);
  expect(world.rooms[1]).toMatchObject({ muted: true, enabledAtFirst: false });
});

test("[A7] nothing is said of a microphone before it is known whether there is one", async () => {
  const { world, voice } = createWorld();
  const said: string[] = [];
  voice.listen(({ state, microphone }) => void said.push(`${state} ${microphone}`));
  world.hang = true;
  voice.setKey(KEY);
  await settle();
  expect(said.at(-1)).toBe("joining open");
  expect(said.filter((one) => one.startsWith("on"))).toEqual([]);
});

test("another microphone takes the place of the first, as muted as that was", async () => {
  const { world, voice } = createWorld({ muted: true });
  voice.setKey(KEY);
  await settle();
  await voice.setMicrophone("desk");
  expect(world.opened).toEqual([undefined, "desk"]);
  expect(world.tracks[0]?.stop).toHaveBeenCalledOnce();
  expect(world.rooms[0]?.published).toEqual([world.tracks[1]]);
  expect(world.tracks[1]?.enabled).toBe(false);
});

test("loudspeaker and volume are those that were chosen, in this room and the next", async () => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  expect(world.rooms[0]).toMatchObject({ volume: 1, speaker: undefined });
  voice.setVolume(0.4);
  await voice.setSpeaker("headset");
  expect(world.rooms[0]).toMatchObject({ volume: 0.4, speaker: "headset" });
  world.lose("lost");
  await advance(1_000);
  expect(world.rooms[1]).toMatchObject({ volume: 0.4, speaker: "headset" });
});

test("LiveKit is loaded when there is a key and a token, and not before", async () => {
  const load = vi.fn<() => object>(() => ({}));
  vi.doMock("livekit-client", load);
  const { media } = createWorld();
  const voice = createVoice({
    end: "helper",
    clock: createFakeClock(),
    media,
    requestToken: async () => ({ url: "ws://voice.example", token: "t" }),
    failed: () => undefined,
  });
  await settle();
  expect(load).not.toHaveBeenCalled();
  voice.setKey(KEY);
  await vi.waitFor(() => expect(load).toHaveBeenCalledOnce());
  voice.close();
});
