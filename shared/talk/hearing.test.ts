import { expect, test } from "vitest";

import type { VoiceStatus } from "../protocol/peer.ts";
import { VOICE_OFF, type VoiceState } from "../voice/voice-state.ts";
import { endHearing, endsOf, hearingWords, nextHearing } from "./hearing.ts";

const OPEN: VoiceState = { ...VOICE_OFF, state: "on", microphone: "open", peer: "silent" };
const THEIRS: VoiceStatus = {
  type: "voice.status",
  state: "on",
  microphone: "open",
  hears: false,
  line: "good",
};
const MUTED: VoiceState = { ...OPEN, microphone: "muted" };

const HEARD = endsOf(OPEN, { ...THEIRS, hears: true });
const QUIET = endsOf(OPEN, THEIRS);

test("[A7] the answer is the other end's own word", () => {
  expect(nextHearing("running", QUIET)).toBe("running");
  expect(nextHearing("running", endsOf(OPEN, undefined))).toBe("running");
  expect(nextHearing("running", HEARD)).toBe("heard");
  expect(endHearing("running")).toBe("notHeard");
  expect(endHearing("heard")).toBe("heard");
});

test("a pause in speaking takes nothing back", () => {
  expect(nextHearing("heard", QUIET)).toBe("heard");
});

test.each([
  ["muted", endsOf(MUTED, THEIRS)],
  ["a voice that was lost", endsOf({ ...OPEN, state: "joining" }, THEIRS)],
  ["another end whose voice has gone", endsOf(OPEN, { ...THEIRS, state: "joining" })],
  ["somebody who has gone", endsOf({ ...OPEN, peer: "absent" }, THEIRS)],
  ["a link that was lost", endsOf(OPEN, undefined)],
])("[A7] an answer is true no longer: %s", (_, ends) => {
  expect(nextHearing("heard", ends)).toBe("none");
  expect(nextHearing("notHeard", ends)).toBe("none");
});

test("with the microphone off, that is what is said, and not « dites quelques mots »", () => {
  const muted = endsOf(MUTED, { ...THEIRS, hears: true });
  expect(nextHearing("running", muted)).toBe("running");
  expect(hearingWords("running", muted)).toBe("notOpen");
  expect(hearingWords("running", QUIET)).toBe("speak");
  expect(hearingWords("none", muted)).toBeUndefined();
});
