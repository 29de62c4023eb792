import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import type { Clock } from "../../shared/client/clock.ts";
import type { BeneficiaryTalk, VoiceStatus } from "../../shared/protocol/peer.ts";
import { createStatusTeller } from "../../shared/talk/status-teller.ts";
import { statusOf, VOICE_OFF, type VoiceState } from "../../shared/voice/voice-state.ts";
import type { PlaceEvent, Ticket } from "../messaging/voice-port.ts";
import type { Settings } from "../store/settings-store.ts";
import type { VoicePlace } from "./voice-place.ts";

export type Devices = Omit<Extract<PlaceEvent, { type: "place.devices" }>, "type">;

/** One session's voice, as the session host knows it: the key, the wishes, and how both ends are. */
export function createSessionVoice(options: {
  place: VoicePlace;
  clock: Clock;
  settings: () => Settings;
  muted: boolean;
  requestTicket: () => Promise<Ticket>;
  send: (message: BeneficiaryTalk) => void;
  level: (level: number) => void;
  changed: () => void;
}) {
  const { place } = options;
  /** [A5] One for each session, in memory only; a session host that was killed makes another. */
  const key = encodeBase64url(randomBytes(32));
  const teller = createStatusTeller({ clock: options.clock, send: options.send });
  let state: VoiceState = VOICE_OFF;
  let theirs: VoiceStatus | undefined;
  let devices: Devices = { microphones: [], speakers: [] };
  let { muted } = options;
  let isOpen = false;
  /** Before the link has opened once, the other end has no key. */
  let hasOpened = false;
  /** Whether the other end has been given the key since the link opened. */
  let isKeyOut = false;
  let may = false;
  let isHeard = false;
  let meter = false;
  let over = false;
  let wanted = "null";

  place.serve({
    requestTicket: () => options.requestTicket(),
    hear(event) {
      if (over) return;
      if (event.type === "place.level") return options.level(event.level);
      if (event.type === "place.devices") devices = event;
      else {
        ({ state } = event);
        teller.tell(statusOf(state));
      }
      changed();
    },
  });

  function changed(): void {
    weigh();
    options.changed();
  }

  function weigh(): void {
    const isThrough =
      state.state === "on" &&
      state.microphone === "open" &&
      state.peer !== "absent" &&
      theirs?.state === "on";
    isHeard = isThrough && (isHeard || theirs?.hears === true);
  }

  /** [A5] Once after each opening of the link, and only where the voice may be: the helper's follows it. */
  function giveKey(): void {
    if (!may || !isOpen || isKeyOut) return;
    isKeyOut = true;
    options.send({ type: "voice.key", key });
  }

  function update(): void {
    const { volume, microphone, speaker } = options.settings();
    const runs = may && hasOpened && !over;
    const want = runs
      ? {
          key,
          muted,
          volume,
          meter,
          ...(microphone ? { microphone } : {}),
          ...(speaker ? { speaker } : {}),
        }
      : undefined;
    const text = JSON.stringify(want ?? null);
    if (text === wanted) return;
    wanted = text;
    place.want(want);
  }

  return {
    get state(): VoiceState {
      return state;
    },
    get theirs(): VoiceStatus | undefined {
      return theirs;
    },
    get devices(): Devices {
      return devices;
    },
    get muted(): boolean {
      return muted;
    },
    /** Whether the other end has heard this microphone since it was opened, by its own word. */
    get isHeard(): boolean {
      return isHeard;
    },
    /** [A5] The key first; then the room is joined, and only then anything is heard. */
    linkOpened(): void {
      isOpen = true;
      isKeyOut = false;
      hasOpened = true;
      giveKey();
      teller.tell(statusOf(state));
      teller.again();
      update();
    },
    /** What the other end said of itself is true no longer. */
    linkLost(): void {
      isOpen = false;
      theirs = undefined;
      changed();
    },
    /** [A6] Whether the session is so that a voice may be there. */
    allow(next: boolean): void {
      may = next;
      if (!may) theirs = undefined;
      weigh();
      giveKey();
      update();
    },
    hear(status: VoiceStatus): void {
      theirs = status;
      changed();
    },
    mute(next: boolean): void {
      muted = next;
      update();
    },
    showLevel(next: boolean): void {
      meter = next;
      update();
    },
    settingsChanged: update,
    look: (): void => place.look(),
    play: (): void => place.play(),
    /** At once: the microphone first. */
    stop(): void {
      over = true;
      update();
      teller.stop();
    },
  };
}
