import type { VoiceStatus } from "../../../../shared/protocol/peer.ts";
import { VOICE_OFF } from "../../../../shared/voice/voice-state.ts";
import type { VoiceView } from "../../../messaging/talk-view.ts";

/** A helper whose voice is there, who hears nothing at this moment. */
export const THEIRS: VoiceStatus = {
  type: "voice.status",
  state: "on",
  microphone: "open",
  hears: false,
  line: "good",
};

/** A voice that is there, with the microphone open, but for what is given. */
export function voice(change: Partial<VoiceView>): VoiceView {
  return {
    ...VOICE_OFF,
    state: "on",
    microphone: "open",
    peer: "silent",
    microphones: [],
    speakers: [],
    muted: false,
    isHeard: false,
    ...change,
  };
}
