import { expect, test } from "vitest";

import { settle } from "../client/testing/fake-clock.ts";
import { createWorld, KEY, OTHER_KEY } from "./testing/voice-world.ts";

test("[A5] [A6] before the key nothing is joined and no microphone is opened", async () => {
  const { world, voice, advance } = createWorld();
  await advance(5_000);
  expect(world.joins).toHaveLength(0);
  expect(world.tracks).toHaveLength(0);
  expect(voice.state.state).toBe("off");
});

test("[A5] with the key it joins, and publishes the microphone that was allowed", async () => {
  const { world, voice } = createWorld();
  voice.setKey(KEY);
  await settle();
  expect(world.joins[0]?.key).toEqual(KEY);
  expect(world.rooms[0]?.published).toHaveLength(1);
  expect(voice.state).toMatchObject({ state: "on", microphone: "open", peer: "silent" });
});

test("[A6] a microphone that nobody allowed is not opened; the voice is heard all the same", async () => {
  const { world, voice } = createWorld({ access: "unasked" });
  voice.setKey(KEY);
  await settle();
  expect(world.tracks).toHaveLength(0);
  expect(voice.state).toMatchObject({ state: "on", microphone: "unasked" });
  world.access = "granted";
  voice.microphoneChanged();
  await settle();
  expect(voice.state.microphone).toBe("open");
});

test.each([
  ["refused", "refused"],
  ["none", "none"],
] as const)("a microphone that is %s is said to be", async (failure, said) => {
  const { world, voice } = createWorld();
  world.failure = failure;
  voice.setKey(KEY);
  await settle();
  expect(voice.state).toMatchObject({ state: "on", microphone: said });
  world.failure = undefined;
  world.lookAgain();
  await settle();
  expect(voice.state.microphone).toBe("open");
});

test("[A6] closing stops the microphone, leaves, and never joins again", async () => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  voice.close();
  expect(world.tracks[0]?.stop).toHaveBeenCalled();
  expect(world.rooms[0]?.left).toBe(true);
  expect(voice.state.state).toBe("off");
  world.lose("lost");
  voice.setKey(OTHER_KEY);
  await advance(20_000);
  expect(world.joins).toHaveLength(1);
});

test("[A6] closed while it joins: what was joined is left at once", async () => {
  const { world, voice } = createWorld();
  voice.setKey(KEY);
  voice.close();
  await settle();
  for (const room of world.rooms) expect(room.left).toBe(true);
  expect(world.tracks).toHaveLength(0);
});

test("[A3] no voice server is asked again by and by, and joined when it is there", async () => {
  const { world, voice, advance } = createWorld();
  world.refuse = "NO_VOICE";
  voice.setKey(KEY);
  await settle();
  expect(voice.state.state).toBe("unavailable");
  world.refuse = undefined;
  await advance(5_250);
  expect(voice.state.state).toBe("on");
  expect(world.failed).not.toHaveBeenCalled();
});

test.each(["NO_GRANT", "NOT_FOUND"] as const)("[A3] after %s it asks no more", async (code) => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  world.refuse = code;
  world.lose("lost");
  await advance(1_000);
  world.refuse = undefined;
  await advance(60_000);
  expect(world.joins).toHaveLength(1);
  expect(voice.state.state).toBe("off");
});

test("[A3] a room that was lost is joined again with a fresh token and the microphone", async () => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  world.lose("lost");
  await advance(1_000);
  expect(world.joins).toHaveLength(2);
  expect(world.tracks[0]?.readyState).toBe("ended");
  expect(world.rooms[1]?.published).toHaveLength(1);
  expect(voice.state).toMatchObject({ state: "on", microphone: "open" });
});

test("an end that was taken over elsewhere does not take it back", async () => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  world.lose("taken");
  await advance(30_000);
  expect(world.joins).toHaveLength(1);
  expect(voice.state.state).toBe("off");
});

test("[A5] another key begins anew; the same key again changes nothing", async () => {
  const { world, voice } = createWorld();
  voice.setKey(KEY);
  await settle();
  voice.setKey(KEY.slice());
  await settle();
  expect(world.joins).toHaveLength(1);
  voice.setKey(OTHER_KEY);
  await settle();
  expect(world.rooms[0]?.left).toBe(true);
  expect(world.joins[1]?.key).toEqual(OTHER_KEY);
});

test("an unplugged microphone is given back, and the next one opened", async () => {
  const { world, voice } = createWorld();
  voice.setKey(KEY);
  await settle();
  world.failure = "none";
  world.tracks[0]?.unplug();
  await settle();
  expect(voice.state.microphone).toBe("none");
  expect(world.rooms[0]?.published).toHaveLength(0);
  world.failure = undefined;
  world.lookAgain();
  await settle();
  expect(voice.state.microphone).toBe("open");
});

test("a microphone that nobody announces is found again by itself", async () => {
  const { world, voice, advance } = createWorld();
  world.failure = "none";
  voice.setKey(KEY);
  await settle();
  expect(voice.state.microphone).toBe("none");
  world.failure = undefined;
  await advance(3_000);
  expect(voice.state.microphone).toBe("open");
});

test("[A7] it hears for 2 s after the last sound that was loud enough", async () => {
  const { world, voice, advance } = createWorld();
  voice.setKey(KEY);
  await settle();
  world.heard = 0.001;
  await advance(1_000);
  expect(voice.state.hears).toBe(false);
  world.heard = 0.1;
  await advance(500);
  expect(voice.state.hears).toBe(true);
  world.heard = 0;
  await advance(3_000);
  expect(voice.state.hears).toBe(false);
});
