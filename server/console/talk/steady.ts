import type { Clock } from "../../../shared/client/clock.ts";
import type { VoiceStatus } from "../../../shared/protocol/peer.ts";
import type { VoiceState } from "../../../shared/voice/voice-state.ts";

/** A pause between two sentences: « vous entend » outlives it. */
const PAUSE_MS = 10_000;
/** What is only on the way to something else is over sooner. */
const STANDS_MS = 3_000;
/** Between the opening of the link and the first word of a voice. */
const OFF_MS = 5_000;

/** Why the other end can't be heard. */
export type TheirTrouble = "unavailable" | "off" | "muted" | "unasked" | "refused" | "none";

/** How the voice is, for words that are read aloud at each change: without what lasts an instant. */
export type Steady = {
  heard: boolean;
  theirs: TheirTrouble | undefined;
  /** There is no voice, and it is not about to come. */
  off: boolean;
  /** Whose line is poor. */
  poor: "mine" | "theirs" | undefined;
};

export const NOT_STEADY: Steady = { heard: false, theirs: undefined, off: false, poor: undefined };

export type Now = { voice: VoiceState; theirs: VoiceStatus | undefined; linked: boolean };

export function createSteady({ clock, changed }: { clock: Clock; changed: () => void }) {
  const heard = createSlow<true>(clock, { begin: 0, end: PAUSE_MS }, changed);
  const theirs = createSlow<TheirTrouble>(clock, { begin: STANDS_MS, end: 0 }, changed);
  const off = createSlow<true>(clock, { begin: OFF_MS, end: 0 }, changed);
  const poor = createSlow<"mine" | "theirs">(clock, { begin: STANDS_MS, end: PAUSE_MS }, changed);
  const all = [heard, theirs, off, poor];

  return {
    get view(): Steady {
      return {
        heard: heard.value === true,
        theirs: theirs.value,
        off: off.value === true,
        poor: poor.value,
      };
    },
    tell({ voice, theirs: status, linked }: Now): void {
      const isOn = voice.state === "on";
      const canBeHeard = isOn && voice.microphone === "open" && status?.state === "on";
      if (canBeHeard) heard.tell(status.hears || undefined);
      else heard.drop();
      theirs.tell(isOn ? troubleOf(status) : undefined);
      off.tell((linked && voice.state === "off") || undefined);
      if (isOn) poor.tell(poorOf(voice, status));
      else poor.drop();
    },
    stop(): void {
      for (const one of all) one.drop();
    },
  };
}

function troubleOf(status: VoiceStatus | undefined): TheirTrouble | undefined {
  if (!status || status.state === "joining") return undefined;
  if (status.state !== "on") return status.state;
  return status.microphone === "open" ? undefined : status.microphone;
}

function poorOf(voice: VoiceState, status: VoiceStatus | undefined): Steady["poor"] {
  if (voice.line === "poor") return "mine";
  return status?.state === "on" && status.line === "poor" ? "theirs" : undefined;
}

/** A value that begins and ends only once that has stood for so long; it changes at once. */
function createSlow<T>(clock: Clock, ms: { begin: number; end: number }, changed: () => void) {
  let value: T | undefined;
  let wanted: T | undefined;
  let stopTimer: (() => void) | undefined;

  function take(): void {
    stopTimer?.();
    stopTimer = undefined;
    if (value === wanted) return;
    value = wanted;
    changed();
  }

  function tell(next: T | undefined): void {
    if (next === wanted) return;
    wanted = next;
    stopTimer?.();
    const wait = next === undefined ? ms.end : value === undefined ? ms.begin : 0;
    if (wait > 0) stopTimer = clock.setTimeout(take, wait);
    else take();
  }

  return {
    get value(): T | undefined {
      return value;
    },
    tell,
    /** Ends at once. */
    drop(): void {
      wanted = undefined;
      take();
    },
  };
}
