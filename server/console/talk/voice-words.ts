import { type Ends, endsOf } from "../../../shared/talk/hearing.ts";
import type { TheirTrouble } from "./steady.ts";
import type { TalkState } from "./talk.ts";

type Key =
  | `line.${"off" | "joining" | "unavailable" | "absent" | "open" | "heard" | "muted" | "hold"}`
  | `line.${"unasked" | "refused" | "none" | "blocked"}`;

/** The one thing to say about one's own voice, most important first. Pure. */
export function ownLine({ voice, steady, muted, preferences }: TalkState): Key {
  if (voice.state === "off") return steady.off ? "line.off" : "line.joining";
  if (voice.state !== "on") return `line.${voice.state}`;
  if (voice.playback === "blocked") return "line.blocked";
  if (voice.microphone !== "open" && voice.microphone !== "muted")
    return `line.${voice.microphone}`;
  if (voice.peer === "absent") return "line.absent";
  // One word for both: it would be said aloud at each press.
  if (preferences.holdToTalk) return "line.hold";
  // Nobody muted it: it is only about to open.
  if (voice.microphone === "muted") return muted ? "line.muted" : "line.joining";
  return steady.heard ? "line.heard" : "line.open";
}

/** What keeps the other from being heard; nothing while all is well. */
export function theirLine({ steady }: TalkState): `theirs.${TheirTrouble}` | undefined {
  return steady.theirs && `theirs.${steady.theirs}`;
}

/** Whether to talk by telephone is the better advice now: not for a microphone that was only muted. */
export function needsPhone({ voice, steady }: TalkState): boolean {
  const { theirs } = steady;
  const isMute = voice.microphone === "refused" || voice.microphone === "none";
  return (
    steady.off ||
    voice.state === "unavailable" ||
    (voice.state === "on" && isMute) ||
    (theirs !== undefined && theirs !== "muted")
  );
}

/** What the test of the helper's own voice is about. */
export function testedEnds({ voice, theirs, preferences }: TalkState): Ends {
  const ends = endsOf(voice, theirs);
  // Between two holds the answer stands: it would come and go with each press.
  const isHeld = preferences.holdToTalk && voice.microphone === "muted";
  return { ...ends, isOpen: ends.isOpen || (voice.state === "on" && isHeld) };
}
