import type { VoiceStatus } from "../protocol/peer.ts";

/** What a screen shows of the voice. The first four are what the other end is told ([A7]). */
export type VoiceState = Pick<VoiceStatus, "state" | "microphone" | "hears" | "line"> & {
  /** The other end in the room, as far as the voice server knows. */
  peer: "absent" | "silent" | "speaking";
  /** `blocked`: the browser plays no sound before a gesture, then `startPlayback`. */
  playback: "allowed" | "blocked";
};

export const VOICE_OFF: VoiceState = {
  state: "off",
  microphone: "unasked",
  hears: false,
  line: "good",
  peer: "absent",
  playback: "allowed",
};

export function sameVoice(left: VoiceState, right: VoiceState): boolean {
  return (
    left.state === right.state &&
    left.microphone === right.microphone &&
    left.hears === right.hears &&
    left.line === right.line &&
    left.peer === right.peer &&
    left.playback === right.playback
  );
}

/** [A7] What `voice.status` says of it. */
export function statusOf({ state, microphone, hears, line }: VoiceState): VoiceStatus {
  return { type: "voice.status", state, microphone, hears, line };
}
