import { decodeBase64url } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/client/clock.ts";
import { AppError } from "../../shared/errors.ts";
import { VOICE_OFF } from "../../shared/voice/voice-state.ts";
import type { createVoice, Voice } from "../../shared/voice/voice.ts";
import type { Ticket, Want } from "../messaging/voice-port.ts";
import type { PlaceUser, VoicePlace } from "./voice-place.ts";

type Current = { voice: Voice; want: Want; stopLevel?: () => void };

/** The voice in this very page. */
export function createLocalPlace(options: {
  createVoice: typeof createVoice;
  clock: Clock;
  failed: (error: unknown) => void;
}): VoicePlace {
  const { failed } = options;
  let user: PlaceUser | undefined;
  let current: Current | undefined;
  let devices = "";

  const quietly = (work: Promise<unknown>): void => {
    work.catch(failed);
  };

  function close(): void {
    const old = current;
    current = undefined;
    devices = "";
    old?.stopLevel?.();
    old?.voice.close();
    user?.hear({ type: "place.state", state: VOICE_OFF });
  }

  function open(want: Want): void {
    const key = decodeBase64url(want.key);
    if (!key) return;
    const voice = options.createVoice({
      end: "beneficiary",
      requestToken,
      clock: options.clock,
      muted: want.muted,
      volume: want.volume,
      ...(want.microphone ? { microphone: want.microphone } : {}),
      ...(want.speaker ? { speaker: want.speaker } : {}),
      failed,
    });
    const mine: Current = { voice, want: { ...want, meter: false } };
    current = mine;
    voice.listen((state) => {
      if (current !== mine) return;
      user?.hear({ type: "place.state", state });
      quietly(tellDevices(mine));
    });
    voice.setKey(key);
    user?.hear({ type: "place.state", state: voice.state });
    follow(mine, want);
    quietly(tellDevices(mine));
  }

  function requestToken(): Promise<Ticket> {
    return user ? user.requestTicket() : Promise.reject(new AppError("NO_VOICE", "not served"));
  }

  /** The same room, other wishes. */
  function follow(mine: Current, want: Want): void {
    const { voice, want: before } = mine;
    mine.want = want;
    if (want.muted !== before.muted) quietly(voice.setMuted(want.muted));
    if (want.volume !== before.volume) voice.setVolume(want.volume);
    if (want.microphone !== before.microphone) quietly(voice.setMicrophone(want.microphone));
    if (want.speaker !== before.speaker) quietly(voice.setSpeaker(want.speaker));
    if (want.meter === before.meter) return;
    mine.stopLevel?.();
    if (want.meter)
      mine.stopLevel = voice.listenLevel((level) => user?.hear({ type: "place.level", level }));
    else delete mine.stopLevel;
  }

  async function tellDevices(mine: Current): Promise<void> {
    const known = await mine.voice.listDevices();
    const text = JSON.stringify(known);
    if (current !== mine || text === devices) return;
    devices = text;
    user?.hear({ type: "place.devices", ...known });
  }

  return {
    serve(next) {
      user = next;
    },
    want(want) {
      if (current && want?.key === current.want.key) return follow(current, want);
      if (current) close();
      if (want) open(want);
    },
    look() {
      if (!current) return;
      current.voice.microphoneChanged();
      quietly(tellDevices(current));
    },
    play() {
      if (current) quietly(current.voice.startPlayback());
    },
  };
}
