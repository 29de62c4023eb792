import type { Clock } from "../../shared/client/clock.ts";
import { assertNever } from "../../shared/errors.ts";
import type { BeneficiaryTalk, HelperTalk } from "../../shared/protocol/peer.ts";
import { createTextLog } from "../../shared/talk/text-log.ts";
import type { TalkView } from "../messaging/talk-view.ts";
import type { Ticket } from "../messaging/voice-port.ts";
import type { Settings } from "../store/settings-store.ts";
import { createSessionVoice } from "../voice/session-voice.ts";
import type { VoicePlace } from "../voice/voice-place.ts";

export type SessionTalk = ReturnType<typeof createSessionTalk>;

/** What goes beside the mirror in one session: the voice, the messages, the telephone number. */
export function createSessionTalk(options: {
  /** Absent: the text that was agreed to says nothing of a microphone ([A3]). */
  place: VoicePlace | undefined;
  clock: Clock;
  wall: () => number;
  settings: () => Settings;
  muted: boolean;
  /** It was there before this session host was. */
  restored: boolean;
  requestTicket: () => Promise<Ticket>;
  /** Rejects while the link is not open. */
  send: (message: BeneficiaryTalk) => Promise<void>;
  level: (level: number) => void;
  changed: () => void;
}) {
  const { place, changed } = options;
  /** What the link does not take now is said again when it opens. */
  const send = (message: BeneficiaryTalk): void => {
    options.send(message).catch(() => undefined);
  };
  const voice = place && createSessionVoice({ ...options, place, send });
  const log = createTextLog({ send: options.send, wall: options.wall, changed });
  let given: string | undefined;
  /** Whether the other end may still hold a number: a killed session host can't tell. */
  let maybeGiven = options.restored;

  function tellNumber(): void {
    if (given === undefined && !maybeGiven) return;
    maybeGiven = true;
    send({ type: "phone.number", number: given ?? null });
  }

  return {
    voice,
    /** Each time, in that order: key, number, and what was not acknowledged. */
    linkOpened(): void {
      voice?.linkOpened();
      tellNumber();
      log.linkOpened();
    },
    linkLost(): void {
      voice?.linkLost();
    },
    hear(message: HelperTalk): void {
      switch (message.type) {
        case "voice.status":
          return voice?.hear(message);
        case "text.message":
        case "text.received":
          return log.hear(message);
        default:
          return assertNever(message);
      }
    },
    say: (words: string): void => log.say(words),
    /** [A9] */
    giveNumber(number: string | undefined): void {
      given = number;
      tellNumber();
      changed();
    },
    /** Whether the microphone takes up sound now; `undefined`: there is no voice. */
    get microphone(): "open" | "shut" | undefined {
      if (!voice) return undefined;
      // Also while the voice joins, or joins again: what is open is said to be.
      if (voice.state.microphone === "open") return "open";
      return voice.state.state === "on" ? "shut" : undefined;
    },
    get view(): TalkView {
      return {
        texts: log.entries,
        numberGiven: given !== undefined,
        ...(voice
          ? {
              voice: {
                ...voice.state,
                ...voice.devices,
                muted: voice.muted,
                isHeard: voice.isHeard,
                ...(voice.theirs ? { theirs: voice.theirs } : {}),
              },
            }
          : {}),
      };
    },
    stop(): void {
      voice?.stop();
    },
  };
}
