import { decodeBase64url } from "../../../shared/bytes.ts";
import type { Clock } from "../../../shared/client/clock.ts";
import { AppError, assertNever } from "../../../shared/errors.ts";
import { BREAK_MS } from "../../../shared/protocol/limits.ts";
import type { BeneficiaryTalk, HelperTalk, VoiceStatus } from "../../../shared/protocol/peer.ts";
import { createStatusTeller } from "../../../shared/talk/status-teller.ts";
import { createTextLog, type TextEntry } from "../../../shared/talk/text-log.ts";
import {
  askMicrophone,
  listDevices,
  type MediaDevice,
  watchMicrophone,
} from "../../../shared/voice/microphone.ts";
import { statusOf, VOICE_OFF, type VoiceState } from "../../../shared/voice/voice-state.ts";
import { createVoice, type Voice, type VoiceOptions } from "../../../shared/voice/voice.ts";
import { createObservable } from "../store/observable.ts";
import { loadPreferences, type Preferences, savePreferences } from "./preferences.ts";
import { createSteady, NOT_STEADY, type Steady } from "./steady.ts";

export type Devices = { microphones: readonly MediaDevice[]; speakers: readonly MediaDevice[] };

export type TalkState = {
  voice: VoiceState;
  /** As the other end says itself. */
  theirs: VoiceStatus | undefined;
  /** What of all this has lasted long enough to be said. */
  steady: Steady;
  /** The helper's own choice; while talking is by holding, it follows the hold. */
  muted: boolean;
  preferences: Preferences;
  devices: Devices;
  texts: readonly TextEntry[];
  /** [A9] « Appelez-moi ». */
  number: string | undefined;
};

export type Talk = ReturnType<typeof createTalk>;

/** What goes beside the mirror at the helper's end: the voice, the messages, the number to call. */
export function createTalk(options: {
  requestToken: VoiceOptions["requestToken"];
  /** Rejects while the link is not open. */
  send: (message: HelperTalk) => Promise<void>;
  clock: Clock;
  wall: () => number;
  /** [A6] That the helper switched their microphone off, kept for this session. */
  switchedOff: { get(): boolean; set(off: boolean): void };
}) {
  const { clock, switchedOff } = options;
  const preferences = loadPreferences();
  const state = createObservable(
    (before: TalkState, change: Partial<TalkState>): TalkState => ({ ...before, ...change }),
    {
      voice: VOICE_OFF,
      theirs: undefined,
      steady: NOT_STEADY,
      muted: preferences.holdToTalk || switchedOff.get(),
      preferences,
      devices: { microphones: [], speakers: [] },
      texts: [],
      number: undefined,
    },
  );
  const teller = createStatusTeller({
    clock,
    send: (status) => {
      options.send(status).catch(ignoreLoss);
    },
  });
  const texts = createTextLog({
    send: options.send,
    wall: options.wall,
    changed: () => state.dispatch({ texts: texts.entries }),
  });
  const steady = createSteady({
    clock,
    changed: () => state.dispatch({ steady: steady.view }),
  });
  let voice: Voice | undefined;
  let linked = false;
  let stopBreak: (() => void) | undefined;
  let stopDevices = ignore;
  let isOver = false;

  watchDevices().catch(ignore);

  async function watchDevices(): Promise<void> {
    const stop = await watchMicrophone(readDevices);
    if (isOver) stop();
    else stopDevices = stop;
  }

  function show(change: Partial<Pick<TalkState, "voice" | "theirs">>): void {
    state.dispatch(change);
    steady.tell({ ...state.get(), linked });
  }

  function open(): Voice {
    const { muted, preferences: chosen } = state.get();
    const made = createVoice({
      end: "helper",
      requestToken: options.requestToken,
      clock,
      muted,
      volume: chosen.volume,
      microphone: chosen.microphone,
      speaker: chosen.speaker,
      failed: ignore,
    });
    made.listen((next) => {
      const before = state.get().voice;
      show({ voice: next });
      teller.tell(statusOf(next));
      // Devices have names once one was opened; somebody without a microphone has ears.
      const isNew = next.state !== before.state || next.microphone !== before.microphone;
      if (isNew && next.state === "on") readDevices();
    });
    return made;
  }

  function readDevices(): void {
    listDevices()
      .then((devices) => state.dispatch({ devices }))
      .catch(ignore);
  }

  function closeVoice(): void {
    stopBreak?.();
    voice?.close();
    voice = undefined;
    show({ voice: VOICE_OFF });
  }

  function choose(change: Partial<Preferences>): void {
    const next = { ...state.get().preferences, ...change };
    savePreferences(next);
    state.dispatch({ preferences: next });
  }

  async function mute(muted: boolean): Promise<void> {
    state.dispatch({ muted });
    await voice?.setMuted(muted);
  }

  return {
    state,
    linkOpened(): void {
      stopBreak?.();
      linked = true;
      show({});
      teller.tell(statusOf(state.get().voice));
      teller.again();
      texts.linkOpened();
    },
    /** [A6] */
    linkLost(): void {
      stopBreak?.();
      stopBreak = clock.setTimeout(closeVoice, BREAK_MS);
      linked = false;
      show({ theirs: undefined });
    },
    hear(message: BeneficiaryTalk): void {
      switch (message.type) {
        case "voice.key": {
          const key = decodeBase64url(message.key);
          if (key?.length !== 32) throw new AppError("FORGED", "voice: not a key");
          voice ??= open();
          return voice.setKey(key);
        }
        case "voice.status":
          return show({ theirs: message });
        case "phone.number":
          return state.dispatch({ number: message.number ?? undefined });
        case "text.message":
        case "text.received":
          return texts.hear(message);
        default:
          return assertNever(message);
      }
    },
    /** Already parsed by `textMessageSchema`. */
    say: (words: string): void => texts.say(words),
    /** The helper's own switch. */
    async setMuted(muted: boolean): Promise<void> {
      switchedOff.set(muted);
      await mute(muted);
    },
    /** While talking is by holding. */
    hold: (talking: boolean): Promise<void> => mute(!talking),
    setVolume(volume: number): void {
      choose({ volume });
      voice?.setVolume(volume);
    },
    async setMicrophone(id: string | undefined): Promise<void> {
      choose({ microphone: id });
      await voice?.setMicrophone(id);
    },
    async setSpeaker(id: string | undefined): Promise<void> {
      choose({ speaker: id });
      await voice?.setSpeaker(id);
    },
    async setHoldToTalk(holdToTalk: boolean): Promise<void> {
      choose({ holdToTalk });
      // What was switched off before stays so after.
      await mute(holdToTalk || switchedOff.get());
    },
    /** From a press: the browser asks. */
    async askMicrophone(): Promise<void> {
      const answer = await askMicrophone();
      if ("track" in answer) answer.track.stop();
      voice?.microphoneChanged();
    },
    /** From a press, where the browser had refused to play. */
    play: (): void => {
      voice?.startPlayback().catch(ignore);
    },
    listenLevel: (listener: (level: number) => void): (() => void) =>
      voice?.listenLevel(listener) ?? ignore,
    /** At once: the microphone first. */
    stop(): void {
      isOver = true;
      stopDevices();
      closeVoice();
      steady.stop();
      teller.stop();
    },
  };
}

/** The state of the voice says it, in words; and it is tried again by itself. */
function ignore(): void {}

function ignoreLoss(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
