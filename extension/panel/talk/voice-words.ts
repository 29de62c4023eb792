import type { VoiceView } from "../../messaging/talk-view.ts";

type Now =
  | "off"
  | "joining"
  | "unavailable"
  | "heard"
  | "open"
  | "alone"
  | "muted"
  | "unasked"
  | "refused"
  | "none";

/**
 * Whether the other end hears what the microphone takes up: the one thing that the person must
 * know, so it is said on that end's own word only.
 */
export function voiceNow(voice: VoiceView): Now {
  const { state, microphone, muted, theirs, peer } = voice;
  if (state === "unavailable") return "unavailable";
  if (microphone === "refused" || microphone === "none") return microphone;
  if (state !== "on") return state;
  if (microphone === "unasked") return microphone;
  // Still being opened, or switched off by the person.
  if (microphone === "muted") return muted ? "muted" : "joining";
  if (voice.isHeard) return "heard";
  return theirs?.state === "on" && peer !== "absent" ? "open" : "alone";
}

/** Nothing that the person can do brings their voice across: other ways come to the front. */
export function isVoiceless(voice: VoiceView | undefined): boolean {
  if (!voice) return true;
  const now = voiceNow(voice);
  return now === "unavailable" || now === "refused" || now === "none";
}

/** Why the other end is not heard; nothing before its voice is there, and nothing while all is well. */
export function theirSilence({ theirs }: VoiceView): "mute" | "muted" | "unasked" | undefined {
  if (theirs?.state !== "on" || theirs.microphone === "open") return undefined;
  const { microphone } = theirs;
  return microphone === "refused" || microphone === "none" ? "mute" : microphone;
}

export function isLineBad({ state, line, theirs }: VoiceView): boolean {
  return state === "on" && (line === "poor" || (theirs?.state === "on" && theirs.line === "poor"));
}
