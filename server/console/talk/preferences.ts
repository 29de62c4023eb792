import { z } from "zod";

const STORED = "epaule.voice";

const preferencesSchema = z.strictObject({
  /** 0 to 1. */
  volume: z.number().min(0).max(1).default(1),
  microphone: z.string().max(200).optional(),
  speaker: z.string().max(200).optional(),
  /** The microphone is open only while a key or the button is held. */
  holdToTalk: z.boolean().default(false),
});
export type Preferences = z.infer<typeof preferencesSchema>;

const DEFAULTS: Preferences = { volume: 1, holdToTalk: false };

/** What this browser remembers of the helper's voice; a value that is not in form counts as none. */
export function loadPreferences(): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(localStorage.getItem(STORED) ?? "{}"));
  } catch {
    return DEFAULTS;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(preferences));
  } catch {
    // Storage refused: the choice holds until the page is closed.
  }
}

const SWITCHED_OFF = "epaule.muted";

/**
 * [A6] Whether the helper switched their microphone off in this session: it outlives a reload of
 * the tab, and the session's end needs no cleaning.
 */
export function rememberSwitchedOff(session: string): { get(): boolean; set(off: boolean): void } {
  return {
    get() {
      try {
        return sessionStorage.getItem(SWITCHED_OFF) === session;
      } catch {
        return false;
      }
    },
    set(off) {
      try {
        if (off) sessionStorage.setItem(SWITCHED_OFF, session);
        else sessionStorage.removeItem(SWITCHED_OFF);
      } catch {
        // Storage refused: it holds until the page is closed.
      }
    },
  };
}
