import {
  AudioPresets,
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  ExternalE2EEKeyProvider,
  LogLevel,
  type Participant,
  type RemoteParticipant,
  RemoteAudioTrack,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  type RoomOptions,
  setLogLevel,
  Track,
} from "livekit-client";

import type { Bytes } from "../bytes.ts";
import { OwnMicrophone } from "./own-microphone.ts";

/** Then the room is given up, and joined anew with a fresh token: the old one may be gone. */
const RECONNECT_MS = [0, 300, 1_000, 2_000];
const CONNECT_MS = 8_000;

export type RoomEnd = "beneficiary" | "helper";

export type RoomView = {
  connected: boolean;
  peer: "absent" | "silent" | "speaking";
  line: "good" | "fair" | "poor";
  playback: "allowed" | "blocked";
};

/** Why a room was left by the other side: `taken`, this end joined it again elsewhere. */
export type RoomLoss = "lost" | "taken";

export type VoiceRoom = {
  readonly view: RoomView;
  /** [A6] Muted, it is so before anything of it leaves. */
  publish(media: MediaStreamTrack, muted: boolean): Promise<void>;
  unpublish(): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  setVolume(volume: number): void;
  /** Where the browser can choose; elsewhere it changes nothing. */
  setSpeaker(id: string | undefined): Promise<void>;
  startPlayback(): Promise<void>;
  /** Root mean square of what was played since the last call, 0 to 1; 0 when nothing was. */
  heardLevel(): Promise<number>;
  /** Level of what the microphone gives, 0 to 1; 0 when it gives nothing. */
  saidLevel(): Promise<number>;
  leave(): Promise<void>;
};

/**
 * [A5] Joins the room with frame encryption on: what is published before is nothing, and only the
 * other end's encrypted microphone is ever subscribed to. Rejects when it cannot connect, or when the
 * voice server takes this end for somebody else. LiveKit's own second joining is a loss.
 */
export async function joinRoom(options: {
  url: string;
  token: string;
  key: Bytes;
  end: RoomEnd;
  volume: number;
  speaker: string | undefined;
  changed: () => void;
  lost: (loss: RoomLoss) => void;
  /** For tests. */
  createRoom?: (options: RoomOptions) => Room;
}): Promise<VoiceRoom> {
  const { createRoom = (given) => new Room(given) } = options;
  setLogLevel(LogLevel.silent);
  const other: RoomEnd = options.end === "helper" ? "beneficiary" : "helper";
  const keyProvider = new ExternalE2EEKeyProvider({ keySize: 256 });
  await keyProvider.setKey(options.key.slice().buffer);
  const worker = new Worker(new URL("frames-worker.ts", import.meta.url), { type: "module" });
  const room = openRoom();
  let volume = options.volume;
  let playing: RemoteAudioTrack | undefined;
  let said: OwnMicrophone | undefined;
  let left = false;
  let before = { energy: 0, seconds: 0 };

  function openRoom(): Room {
    try {
      return createRoom({
        e2ee: { keyProvider, worker },
        publishDefaults: { audioPreset: AudioPresets.speech, dtx: true, red: false },
        // With one connection for both ways, two ends that publish at once fail now and then (2.23.0).
        singlePeerConnection: false,
        reconnectPolicy: {
          nextRetryDelayInMs: ({ retryCount }) => RECONNECT_MS[retryCount] ?? null,
        },
        ...(options.speaker ? { audioOutput: { deviceId: options.speaker } } : {}),
      });
    } catch (error) {
      // A browser that cannot seal frames.
      worker.terminate();
      throw error;
    }
  }

  function isOther(participant: Participant): boolean {
    return participant.identity === other;
  }

  /** [A5] Marked encrypted, by the other end, from a microphone: nothing else is asked for. */
  function consider(publication: RemoteTrackPublication, participant: RemoteParticipant): void {
    const wanted =
      isOther(participant) &&
      publication.isEncrypted &&
      publication.source === Track.Source.Microphone;
    publication.setSubscribed(wanted);
  }

  function considerAll(): void {
    for (const participant of room.remoteParticipants.values())
      for (const publication of participant.trackPublications.values())
        consider(publication, participant);
  }

  function play(
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ): void {
    if (!(track instanceof RemoteAudioTrack) || !isOther(participant) || !publication.isEncrypted)
      return;
    playing = track;
    before = { energy: 0, seconds: 0 };
    track.attach();
    track.setVolume(volume);
    options.changed();
  }

  function unplay(track: RemoteTrack): void {
    for (const element of track.detach()) element.remove();
    if (playing === track) playing = undefined;
    options.changed();
  }

  room
    .on(RoomEvent.TrackPublished, consider)
    .on(RoomEvent.TrackSubscribed, play)
    .on(RoomEvent.TrackUnsubscribed, unplay)
    .on(RoomEvent.ParticipantConnected, options.changed)
    .on(RoomEvent.ParticipantDisconnected, options.changed)
    .on(RoomEvent.ActiveSpeakersChanged, options.changed)
    .on(RoomEvent.ConnectionQualityChanged, options.changed)
    .on(RoomEvent.ConnectionStateChanged, options.changed)
    .on(RoomEvent.AudioPlaybackStatusChanged, options.changed)
    .on(RoomEvent.Reconnected, considerAll)
    // [A5] LiveKit would join again by itself, as whoever the server says, and publish anew.
    .on(RoomEvent.Reconnecting, () => {
      if (left) return;
      // It leaves at once; what the server still answers is of no use.
      leave().catch(() => undefined);
      options.lost("lost");
    })
    .on(RoomEvent.Disconnected, (reason) => {
      if (left) return;
      close();
      options.lost(reason === DisconnectReason.DUPLICATE_IDENTITY ? "taken" : "lost");
    });

  function close(): void {
    left = true;
    if (playing) unplay(playing);
    said?.mediaStreamTrack.stop();
    said = undefined;
    worker.terminate();
  }

  async function leave(): Promise<void> {
    if (left) return;
    close();
    await room.disconnect(true);
  }

  function viewOf(): RoomView {
    const peer = [...room.remoteParticipants.values()].find(isOther);
    const { connectionQuality } = room.localParticipant;
    return {
      connected: room.state === ConnectionState.Connected,
      peer: peer ? (peer.isSpeaking ? "speaking" : "silent") : "absent",
      line: LINES[connectionQuality],
      playback: room.canPlaybackAudio ? "allowed" : "blocked",
    };
  }

  await room.setE2EEEnabled(true);
  const encrypted = new Promise<void>((resolve) => {
    room.on(RoomEvent.ParticipantEncryptionStatusChanged, (enabled, participant) => {
      if (enabled && participant?.isLocal) resolve();
    });
  });
  try {
    await room.connect(options.url, options.token, {
      autoSubscribe: false,
      maxRetries: 0,
      websocketTimeout: CONNECT_MS,
      peerConnectionTimeout: CONNECT_MS,
    });
    if (room.localParticipant.identity !== options.end)
      throw new Error("the voice server takes this end for somebody else");
    await withTimeout(encrypted, CONNECT_MS);
  } catch (error) {
    await leave();
    throw error;
  }
  considerAll();

  return {
    get view() {
      return viewOf();
    },
    async publish(media, muted) {
      const track = new OwnMicrophone(media);
      said = track;
      // Of itself LiveKit opens what it is given.
      await track.setMuted(muted);
      await room.localParticipant.publishTrack(track.asTrack, { source: Track.Source.Microphone });
    },
    async unpublish() {
      const own = said;
      said = undefined;
      if (own) await room.localParticipant.unpublishTrack(own.asTrack, true);
    },
    async setMuted(muted) {
      await said?.setMuted(muted);
    },
    setVolume(next) {
      volume = next;
      playing?.setVolume(next);
    },
    async setSpeaker(id) {
      if ("setSinkId" in HTMLMediaElement.prototype)
        await room.switchActiveDevice("audiooutput", id ?? "default");
    },
    startPlayback: () => room.startAudio(),
    async heardLevel() {
      const now = heardIn(await playing?.getRTCStatsReport());
      const energy = now.energy - before.energy;
      const seconds = now.seconds - before.seconds;
      before = now;
      return seconds > 0 && energy > 0 ? Math.sqrt(energy / seconds) : 0;
    },
    async saidLevel() {
      return said && !said.isMuted ? saidIn(await said.getRTCStatsReport()) : 0;
    },
    leave,
  };
}

const LINES: Record<ConnectionQuality, RoomView["line"]> = {
  [ConnectionQuality.Excellent]: "good",
  [ConnectionQuality.Good]: "fair",
  [ConnectionQuality.Poor]: "poor",
  [ConnectionQuality.Lost]: "poor",
  [ConnectionQuality.Unknown]: "good",
};

/** The browser's own measure of what it has played: nothing is read from the sound itself. */
function heardIn(report: RTCStatsReport | undefined): { energy: number; seconds: number } {
  let energy = 0;
  let seconds = 0;
  report?.forEach((entry: Record<string, unknown>) => {
    if (entry["type"] !== "inbound-rtp") return;
    if (typeof entry["totalAudioEnergy"] === "number") energy += entry["totalAudioEnergy"];
    if (typeof entry["totalSamplesDuration"] === "number") seconds += entry["totalSamplesDuration"];
  });
  return { energy, seconds };
}

function saidIn(report: RTCStatsReport | undefined): number {
  let level = 0;
  report?.forEach((entry: Record<string, unknown>) => {
    if (entry["type"] === "media-source" && typeof entry["audioLevel"] === "number")
      level = Math.max(level, entry["audioLevel"]);
  });
  return level;
}

async function withTimeout(work: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the voice is not encrypted")), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
