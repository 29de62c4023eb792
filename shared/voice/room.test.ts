import {
  AudioPresets,
  EngineEvent,
  LocalTrackPublication,
  Room,
  RoomEvent,
  type RoomOptions,
  Track,
} from "livekit-client";
import { beforeEach, expect, test, vi } from "vitest";

import { settle } from "../client/testing/fake-clock.ts";
import { joinRoom, type RoomLoss, type VoiceRoom } from "./room.ts";

/** LiveKit's own room, of which only the network is missing: the voice server says what the test says. */
function createWorld() {
  const workers: { terminate: () => void }[] = [];
  class FakeWorker extends EventTarget {
    terminate = vi.fn<() => void>();
    postMessage = vi.fn<() => void>();
    constructor() {
      super();
      workers.push(this);
    }
  }
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("RTCRtpScriptTransform", EventTarget);
  vi.stubGlobal("Worker", FakeWorker);
  vi.stubGlobal("MediaStream", EventTarget);
  vi.stubGlobal("MediaStreamTrack", Array);
  const world = {
    workers,
    /** What the voice server calls this end. */
    identity: "helper",
    room: undefined as Room | undefined,
    given: undefined as RoomOptions | undefined,
    /** Whether the microphone took up sound when it was published. */
    wasEnabled: undefined as boolean | undefined,
    losses: [] as RoomLoss[],
    left: vi.fn<(stopTracks?: boolean) => Promise<void>>(async () => undefined),
    join: (): Promise<VoiceRoom> =>
      joinRoom({
        url: "wss://voix.example",
        token: "t",
        key: new Uint8Array(32),
        end: "helper",
        volume: 1,
        speaker: undefined,
        changed: () => undefined,
        lost: (loss) => world.losses.push(loss),
        createRoom,
      }),
    happens: (event: EngineEvent): void => void world.room?.engine.emit(event),
  };
  function createRoom(options: RoomOptions): Room {
    const room = new Room(options);
    room.connect = async () => {
      room.localParticipant.identity = world.identity;
      room.emit(RoomEvent.ParticipantEncryptionStatusChanged, true, room.localParticipant);
    };
    room.localParticipant.publishTrack = async (track) => {
      if (track instanceof MediaStreamTrack) throw new Error("not LiveKit's own track");
      world.wasEnabled = track.mediaStreamTrack.enabled;
      const said = { sid: "TR_1", name: "", muted: track.isMuted };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a publication needs of it
      const info = said as ConstructorParameters<typeof LocalTrackPublication>[1];
      const publication = new LocalTrackPublication(Track.Kind.Audio, info, track);
      room.localParticipant.trackPublications.set("TR_1", publication);
      return publication;
    };
    room.disconnect = world.left;
    [world.room, world.given] = [room, options];
    return room;
  }
  return world;
}

/** What LiveKit does to a microphone's track. */
function fakeMedia() {
  return Object.assign(new EventTarget(), {
    enabled: true,
    readyState: "live",
    stop: vi.fn<() => void>(),
    getConstraints: () => ({}),
    getSettings: () => ({}),
  });
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const asMedia = (fake: object) => fake as unknown as MediaStreamTrack;

let world: ReturnType<typeof createWorld>;

beforeEach(() => {
  world = createWorld();
  return () => vi.unstubAllGlobals();
});

test("[A5] LiveKit's own second joining ends the stay at once, with the microphone", async () => {
  const room = await world.join();
  const media = fakeMedia();
  await room.publish(asMedia(media), false);
  world.happens(EngineEvent.Restarting);
  expect(media.stop).toHaveBeenCalledOnce();
  expect(world.workers[0]?.terminate).toHaveBeenCalledOnce();
  expect(world.left).toHaveBeenCalledExactlyOnceWith(true);
  expect(world.losses).toEqual(["lost"]);
});

test("a line that LiveKit takes up again goes on in the same stay", async () => {
  await world.join();
  world.happens(EngineEvent.Resuming);
  world.happens(EngineEvent.Resumed);
  expect(world.losses).toEqual([]);
  expect(world.left).not.toHaveBeenCalled();
});

test("[A6] a microphone that was switched off is off before anything of it leaves", async () => {
  const room = await world.join();
  const media = fakeMedia();
  await room.publish(asMedia(media), true);
  expect(world.wasEnabled).toBe(false);
  await room.setMuted(false);
  expect(media.enabled).toBe(true);
  await room.setMuted(true);
  expect(media.enabled).toBe(false);
});

test.each([true, false])(
  "[A6] the voice server neither opens nor shuts a microphone (muted: %s)",
  async (muted) => {
    const room = await world.join();
    const media = fakeMedia();
    await room.publish(asMedia(media), muted);
    world.room?.engine.emit(EngineEvent.RemoteMute, "TR_1", !muted);
    await settle();
    expect(media.enabled).toBe(!muted);
  },
);

test.each(["beneficiary", "somebody", ""])(
  "[A5] a voice server that calls this end « %s » is left before anything is published",
  async (identity) => {
    world.identity = identity;
    await expect(world.join()).rejects.toThrow("somebody else");
    expect(world.left).toHaveBeenCalledOnce();
    expect(world.workers[0]?.terminate).toHaveBeenCalledOnce();
  },
);

test("a browser that cannot seal frames keeps no worker", async () => {
  vi.stubGlobal("RTCRtpScriptTransform", undefined);
  await expect(world.join()).rejects.toThrow("unsupported browser");
  expect(world.workers[0]?.terminate).toHaveBeenCalledOnce();
});

test("sound is coded as speech, without what sealing rules out", async () => {
  await world.join();
  expect(world.given?.publishDefaults).toMatchObject({
    audioPreset: AudioPresets.speech,
    red: false,
  });
});
