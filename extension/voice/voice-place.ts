import type { PlaceEvent, Ticket, Want } from "../messaging/voice-port.ts";

/** What a place asks of the session host, and tells it. */
export type PlaceUser = {
  /** [A3] Rejects with `NO_VOICE` where there is none now. */
  requestTicket: () => Promise<Ticket>;
  hear: (event: PlaceEvent) => void;
};

/**
 * Where the microphone and the loudspeaker are: the session host's own page on Chrome and Edge, the
 * sidebar on Firefox. The session host says what the voice has to be, and needs to know no more.
 */
export type VoicePlace = {
  /** Once, by the session host. */
  serve(user: PlaceUser): void;
  /** `undefined`: off, at once, microphone light included. */
  want(want: Want | undefined): void;
  /** A permission or a device may have changed. */
  look(): void;
  /** From a gesture, where the browser plays nothing before one. */
  play(): void;
};
