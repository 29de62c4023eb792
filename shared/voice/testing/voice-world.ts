import { vi } from "vitest";

import { createFakeClock } from "../../client/testing/fake-clock.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import type { joinRoom, RoomLoss, VoiceRoom } from "../room.ts";
import { createVoice, type VoiceOptions } from "../voice.ts";

export const KEY = new Uint8Array(32).fill(1);
export const OTHER_KEY = new Uint8Array(32).fill(2);

type Access = Awaited<ReturnType<Media["microphoneAccess"]>>;
type Joined = Parameters<typeof joinRoom>[0];
type Media = NonNullable<VoiceOptions["media"]>;

function fakeTrack() {
  const ended = new EventTarget();
  const track = {
    readyState: "live" as MediaStreamTrackState,
    enabled: true,
    stop: vi.fn<() => void>(() => {
      track.readyState = "ended";
    }),
    addEventListener: ended.addEventListener.bind(ended),
    unplug: () => {
      track.readyState = "ended";
      ended.dispatchEvent(new Event("ended"));
    },
  };
  return track;
}

type FakeRoom = VoiceRoom & {
  published: unknown[];
  left: boolean;
  muted: boolean;
  /** Whether the microphone took up sound when it was published. */
  enabledAtFirst: boolean | undefined;
  volume: number;
  speaker: string | undefined;
};

/** A voice whose voice server, microphone and time the test holds in its hands. */
export function createWorld(given: { access?: Access; muted?: boolean } = {}) {
  const clock = createFakeClock();
  const world = {
    access: given.access ?? "granted",
    failure: undefined as "refused" | "none" | undefined,
    /** A publication that the voice server never answers. */
    hang: false,
    opened: [] as (string | undefined)[],
    refuse: undefined as ErrorCode | undefined,
    heard: 0,
    joins: [] as Joined[],
    rooms: [] as FakeRoom[],
    tracks: [] as ReturnType<typeof fakeTrack>[],
    failed: vi.fn<(error: unknown) => void>(),
    lookAgain: () => undefined as void,
    lose: (loss: RoomLoss) => world.joins.at(-1)?.lost(loss),
  };
  const fakeMedia = {
    microphoneAccess: async () => world.access,
    watchMicrophone: async (changed: () => void) => {
      world.lookAgain = changed;
      return () => undefined;
    },
    openMicrophone: async (id?: string) => {
      world.opened.push(id);
      if (world.failure) return { failure: world.failure };
      const track = fakeTrack();
      world.tracks.push(track);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the part of a track that the voice uses
      return { track: track as unknown as MediaStreamTrack };
    },
    listDevices: async () => ({ microphones: [], speakers: [] }),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that the voice uses of it
  const media = fakeMedia as unknown as Media;
  const join = async (options: Joined): Promise<VoiceRoom> => {
    world.joins.push(options);
    const room = {
      view: { connected: true, peer: "silent", line: "good", playback: "allowed" } as const,
      published: [] as unknown[],
      left: false,
      muted: false,
      enabledAtFirst: undefined as boolean | undefined,
      volume: options.volume,
      speaker: options.speaker,
      publish: async (track: MediaStreamTrack, muted: boolean) => {
        room.published.push(track);
        [room.muted, room.enabledAtFirst] = [muted, track.enabled];
        if (world.hang) await new Promise(() => undefined);
      },
      unpublish: async () => void room.published.pop(),
      setMuted: async (muted: boolean) => void (room.muted = muted),
      setVolume: (volume: number) => void (room.volume = volume),
      setSpeaker: async (id: string | undefined) => void (room.speaker = id),
      startPlayback: async () => undefined,
      heardLevel: async () => world.heard,
      saidLevel: async () => 0.5,
      leave: async () => void (room.left = true),
    };
    world.rooms.push(room);
    return room;
  };
  const voice = createVoice({
    end: "helper",
    clock,
    muted: given.muted ?? false,
    failed: world.failed,
    requestToken: async () => {
      if (world.refuse) throw new AppError(world.refuse, "no");
      return { url: "ws://voice.example", token: "t" };
    },
    media,
    loadRoom: async () => ({ joinRoom: join }),
  });
  const advance = (ms: number) => clock.advance(ms);
  return { world, voice, media, advance };
}
