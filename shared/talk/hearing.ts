import type { VoiceStatus } from "../protocol/peer.ts";
import type { VoiceState } from "../voice/voice-state.ts";

export type Hearing = "none" | "running" | "heard" | "notHeard";

/** What the test of one's own voice is about: this microphone, and whoever is to hear it. */
export type Ends = {
  /** [A6] The microphone takes up sound, for whoever is there. */
  isOpen: boolean;
  isThere: boolean;
  /** By the other end's own word. */
  hears: boolean;
};

export function endsOf(
  { state, microphone, peer }: Pick<VoiceState, "state" | "microphone" | "peer">,
  theirs: VoiceStatus | undefined,
): Ends {
  return {
    isOpen: state === "on" && microphone === "open",
    isThere: theirs?.state === "on" && peer !== "absent",
    hears: theirs?.hears === true,
  };
}

/** How the test goes on when the voice changes. An answer holds for as long as what it was about. */
export function nextHearing(hearing: Hearing, { isOpen, isThere, hears }: Ends): Hearing {
  if (hearing === "running") return isOpen && isThere && hears ? "heard" : "running";
  return isOpen && isThere ? hearing : "none";
}

/** The time is over. */
export function endHearing(hearing: Hearing): Hearing {
  return hearing === "running" ? "notHeard" : hearing;
}

/** What is said of it. */
export function hearingWords(
  hearing: Hearing,
  { isOpen }: Ends,
): "speak" | "notOpen" | "heard" | "notHeard" | undefined {
  if (hearing === "none") return undefined;
  if (hearing === "running") return isOpen ? "speak" : "notOpen";
  return hearing;
}
