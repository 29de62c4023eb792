import type { Bytes } from "../bytes.ts";
import type { Clock } from "../client/clock.ts";
import { createListeners } from "../client/listeners.ts";
import { AppError } from "../errors.ts";
import * as browserMedia from "./microphone.ts";
import type { MediaDevice } from "./microphone.ts";
import type { joinRoom, RoomEnd, RoomLoss, VoiceRoom } from "./room.ts";
import { sameVoice, VOICE_OFF, type VoiceState } from "./voice-state.ts";

/** Between two attempts to join: the first at once after a loss, then longer and longer. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000] as const;
/** A word of the server that there is no voice is not asked for again sooner. */
const NO_VOICE_MS = 5_000;
/** After a microphone that could not be published. */
const REPUBLISH_MS = 2_000;
/** Between two looks for a microphone, while there is none. */
const NONE_MS = 3_000;
const HEARD_EVERY_MS = 500;
/** [A7] */
const HEARS_MS = 2_000;
/** Above the comfort noise that fills a silence. */
const HEARD_LEVEL = 0.003;
const LEVEL_EVERY_MS = 100;

export type Voice = ReturnType<typeof createVoice>;

export type VoiceOptions = {
  end: RoomEnd;
  /** `voice.join`. `NO_VOICE` is asked again by and by, `NO_GRANT` and `NOT_FOUND` never. */
  requestToken: () => Promise<{ url: string; token: string }>;
  clock: Clock;
  muted?: boolean;
  /** 0 to 1. */
  volume?: number;
  microphone?: string | undefined;
  speaker?: string | undefined;
  failed: (error: unknown) => void;
  /** For tests: the browser's microphone, and the voice server's client. */
  media?: typeof browserMedia;
  loadRoom?: () => Promise<{ joinRoom: typeof joinRoom }>;
};

/**
 * One end's voice, from the first key to `close`. It joins by itself, joins again after a loss, and
 * opens the microphone only where it was allowed before ([A6]).
 */
export function createVoice(options: VoiceOptions) {
  const { clock, media = browserMedia, loadRoom = () => import("./room.ts") } = options;
  const states = createListeners<VoiceState>();
  let state: VoiceState = VOICE_OFF;
  let key: Bytes | undefined;
  let run = 0;
  let closed = false;
  let room: VoiceRoom | undefined;
  let capture: MediaStreamTrack | undefined;
  let captureState: "unasked" | "refused" | "none" | "ready" = "unasked";
  let muted = options.muted ?? false;
  let volume = options.volume ?? 1;
  let { microphone, speaker } = options;
  let heardAt = Number.NEGATIVE_INFINITY;
  let phase: VoiceState["state"] = "off";
  /** Until it is known in this stay whether there is a microphone, nothing is said of one. */
  let isSettled = false;
  let turn: Promise<unknown> = Promise.resolve();
  const stops: (() => void)[] = [];
  let wake = nothing;
  let stopLooking = nothing;

  watch().catch(options.failed);

  async function watch(): Promise<void> {
    const stop = await media.watchMicrophone(lookAgain);
    if (closed) return stop();
    stops.push(stop);
    lookAgain();
  }

  function isCurrent(mine: number): boolean {
    return mine === run && !closed;
  }

  function changed(): void {
    const view = room?.view;
    const isJoining = phase === "on" && (view?.connected === false || !isSettled);
    const next: VoiceState = {
      state: isJoining ? "joining" : phase,
      microphone: capture ? (muted ? "muted" : "open") : notCaptured(),
      hears: clock.now() - heardAt < HEARS_MS,
      line: view?.line ?? "good",
      peer: view?.peer ?? "absent",
      playback: view?.playback ?? "allowed",
    };
    if (sameVoice(state, next)) return;
    state = next;
    void states.emit(next);
  }

  function notCaptured(): VoiceState["microphone"] {
    return captureState === "ready" ? "muted" : captureState;
  }

  /** One after another: a track is published, muted or given back, never two at once. */
  function inTurn(work: () => Promise<unknown>): Promise<void> {
    const next = turn.then(work).then(() => undefined);
    turn = next.catch(options.failed);
    return next.finally(changed);
  }

  function lookLater(ms: number): void {
    stopLooking();
    stopLooking = clock.setTimeout(lookAgain, ms);
  }

  function lookAgain(): void {
    inTurn(syncMicrophone).catch(options.failed);
  }

  async function syncMicrophone(): Promise<void> {
    const access = await media.microphoneAccess();
    if (access !== "granted") {
      captureState = access;
      return dropCapture();
    }
    if (captureState !== "none" || !capture) captureState = "ready";
    if (capture?.readyState === "ended") await dropCapture();
    if (!room || capture || closed) return;
    const opened = await media.openMicrophone(microphone);
    if (!("track" in opened)) {
      captureState = opened.failure;
      // Not every system says that a microphone was plugged in again.
      if (captureState === "none") lookLater(NONE_MS);
      return;
    }
    const { track } = opened;
    // It may have been closed while the browser opened it.
    if (closed || !room) return track.stop();
    capture = track;
    // [A6] Before it goes anywhere.
    track.enabled = !muted;
    changed();
    track.addEventListener("ended", lookAgain, { once: true });
    try {
      await room.publish(track, muted);
    } catch (error) {
      await dropCapture();
      if (room) lookLater(REPUBLISH_MS);
      throw error;
    }
  }

  async function dropCapture(): Promise<void> {
    const track = capture;
    capture = undefined;
    track?.stop();
    if (track) await room?.unpublish();
  }

  function leaveRoom(): void {
    const left = room;
    room = undefined;
    capture?.stop();
    capture = undefined;
    heardAt = Number.NEGATIVE_INFINITY;
    left?.leave().catch(options.failed);
  }

  async function live(mine: number, secret: Bytes): Promise<void> {
    let failures = 0;
    while (isCurrent(mine)) {
      if (phase !== "unavailable") phase = "joining";
      changed();
      try {
        const loss = await attend(mine, secret);
        failures = 0;
        if (loss === "taken") break;
        await sleep(RETRY_MS[0]);
      } catch (error) {
        if (isFinal(error)) break;
        failures += 1;
        if (isNoVoice(error) || failures > 2) phase = "unavailable";
        if (!(error instanceof AppError)) options.failed(error);
        changed();
        const retry = RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? NO_VOICE_MS;
        await sleep(isNoVoice(error) ? Math.max(retry, NO_VOICE_MS) : retry);
      }
    }
    if (mine !== run) return;
    phase = "off";
    changed();
  }

  /** One stay in the room, from its token to its loss. */
  async function attend(mine: number, secret: Bytes): Promise<RoomLoss> {
    const { url, token } = await options.requestToken();
    const { joinRoom: join } = await loadRoom();
    if (!isCurrent(mine)) return "taken";
    let tellLoss: (loss: RoomLoss) => void = nothing;
    const lost = new Promise<RoomLoss>((resolve) => (tellLoss = resolve));
    const joined = await join({
      url,
      token,
      key: secret,
      end: options.end,
      volume,
      speaker,
      changed,
      lost: tellLoss,
    });
    if (!isCurrent(mine)) {
      await joined.leave();
      return "taken";
    }
    room = joined;
    phase = "on";
    isSettled = false;
    inTurn(syncMicrophone)
      .catch(options.failed)
      .finally(() => settle(joined));
    const stopHearing = listenForHeard(joined);
    const loss = await lost;
    stopHearing();
    if (room === joined) leaveRoom();
    changed();
    return loss;
  }

  function settle(joined: VoiceRoom): void {
    if (room !== joined) return;
    isSettled = true;
    changed();
  }

  function listenForHeard(joined: VoiceRoom): () => void {
    return every(HEARD_EVERY_MS, async () => {
      const level = await joined.heardLevel();
      if (room === joined && level > HEARD_LEVEL) heardAt = clock.now();
      changed();
    });
  }

  function every(ms: number, work: () => Promise<unknown>): () => void {
    let stopped = false;
    let stopTimer = nothing;
    const again = (): void => {
      if (stopped) return;
      stopTimer = clock.setTimeout(() => {
        work().catch(options.failed).finally(again);
      }, ms);
    };
    again();
    return () => {
      stopped = true;
      stopTimer();
    };
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.setTimeout(resolve, ms);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  return {
    get state(): VoiceState {
      return state;
    },
    listen: (listener: (state: VoiceState) => void): (() => void) => states.add(listener),
    /** Of the own microphone, 0 to 1, ten times a second. */
    listenLevel: (listener: (level: number) => void): (() => void) =>
      every(LEVEL_EVERY_MS, async () => listener((await room?.saidLevel()) ?? 0)),
    /** [A5] Nothing happens before the first; another one begins anew with it. */
    setKey(next: Bytes): void {
      if (closed || (key && sameKey(key, next))) return;
      key = next;
      run += 1;
      leaveRoom();
      wake();
      live(run, next).catch(options.failed);
    },
    setMuted(next: boolean): Promise<void> {
      muted = next;
      // [A6] Now, whatever the voice server does or does not do.
      if (capture) capture.enabled = !next;
      changed();
      return inTurn(async () => room?.setMuted(muted));
    },
    setVolume(next: number): void {
      volume = next;
      room?.setVolume(next);
    },
    setMicrophone(id: string | undefined): Promise<void> {
      microphone = id;
      return inTurn(async () => {
        await dropCapture();
        await syncMicrophone();
      });
    },
    async setSpeaker(id: string | undefined): Promise<void> {
      speaker = id;
      await room?.setSpeaker(id);
    },
    listDevices: (): Promise<{ microphones: MediaDevice[]; speakers: MediaDevice[] }> =>
      media.listDevices(),
    /** Permission or devices may have changed: looks again, and asks nobody. */
    microphoneChanged: lookAgain,
    /** From a gesture, where `playback` is blocked. */
    async startPlayback(): Promise<void> {
      await room?.startPlayback();
      changed();
    },
    /** Leaves at once and for good: the microphone is closed, the key forgotten. */
    close(): void {
      if (closed) return;
      closed = true;
      run += 1;
      key = undefined;
      phase = "off";
      stopLooking();
      for (const stop of stops) stop();
      leaveRoom();
      wake();
      changed();
    },
  };
}

const nothing = (): void => undefined;

function sameKey(left: Bytes, right: Bytes): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

function isNoVoice(error: unknown): boolean {
  return error instanceof AppError && error.code === "NO_VOICE";
}

/** The session is over, or never was this end's: no token will come. */
function isFinal(error: unknown): boolean {
  return error instanceof AppError && (error.code === "NO_GRANT" || error.code === "NOT_FOUND");
}
