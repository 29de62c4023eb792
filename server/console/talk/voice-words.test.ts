import { expect, test } from "vitest";

import { nextHearing } from "../../../shared/talk/hearing.ts";
import { VOICE_OFF, type VoiceState } from "../../../shared/voice/voice-state.ts";
import { NOT_STEADY, type Steady } from "./steady.ts";
import type { TalkState } from "./talk.ts";
import { needsPhone, ownLine, testedEnds, theirLine } from "./voice-words.ts";

const GOOD: VoiceState = { ...VOICE_OFF, state: "on", microphone: "open", peer: "silent" };

function talk(
  voice: Partial<VoiceState>,
  steady: Partial<Steady> = {},
  { muted = false, holdToTalk = false } = {},
): TalkState {
  return {
    voice: { ...GOOD, ...voice },
    theirs: undefined,
    steady: { ...NOT_STEADY, ...steady },
    muted,
    preferences: { volume: 1, holdToTalk },
    devices: { microphones: [], speakers: [] },
    texts: [],
    number: undefined,
  };
}

test.each([
  [talk({ state: "off" }), "line.joining"],
  [talk({ state: "off" }, { off: true }), "line.off"],
  [talk({ state: "joining" }), "line.joining"],
  [talk({ state: "unavailable", microphone: "refused" }), "line.unavailable"],
  [talk({ playback: "blocked", microphone: "muted" }), "line.blocked"],
  [talk({ microphone: "muted" }, { heard: true }, { muted: true }), "line.muted"],
  [talk({ microphone: "muted" }), "line.joining"],
  [talk({ microphone: "none" }), "line.none"],
  [talk({ peer: "absent" }), "line.absent"],
  [talk({}), "line.open"],
  [talk({}, { heard: true }), "line.heard"],
] as const)("the most important thing about one's own voice is said (%#)", (state, line) => {
  expect(ownLine(state)).toBe(line);
});

test("« vous entend » is said only on the other end's own word", () => {
  expect(ownLine(talk({ peer: "speaking" }))).toBe("line.open");
});

test("while talking is by holding, a press changes no word that is read aloud", () => {
  expect(ownLine(talk({ microphone: "muted" }, {}, { holdToTalk: true }))).toBe("line.hold");
  expect(ownLine(talk({ microphone: "open" }, { heard: true }, { holdToTalk: true }))).toBe(
    "line.hold",
  );
  expect(ownLine(talk({ microphone: "refused" }, {}, { holdToTalk: true }))).toBe("line.refused");
});

test("what keeps the other from being heard is said, and nothing while all is well", () => {
  expect(theirLine(talk({}))).toBeUndefined();
  expect(theirLine(talk({}, { theirs: "refused" }))).toBe("theirs.refused");
});

test("the telephone is the advice where the voice can't do", () => {
  expect(needsPhone(talk({ state: "unavailable" }))).toBe(true);
  expect(needsPhone(talk({ state: "off" }, { off: true }))).toBe(true);
  expect(needsPhone(talk({ microphone: "none" }))).toBe(true);
  expect(needsPhone(talk({ microphone: "refused" }))).toBe(true);
  expect(needsPhone(talk({}, { theirs: "refused" }))).toBe(true);
});

test("the telephone is no advice while the voice joins, works, or was only muted", () => {
  expect(needsPhone(talk({ state: "off" }))).toBe(false);
  expect(needsPhone(talk({ state: "joining" }))).toBe(false);
  expect(needsPhone(talk({}, { heard: true }))).toBe(false);
  expect(needsPhone(talk({ microphone: "muted" }))).toBe(false);
  expect(needsPhone(talk({ microphone: "unasked" }))).toBe(false);
  expect(needsPhone(talk({}, { theirs: "muted" }))).toBe(false);
});

const THEIRS = {
  type: "voice.status",
  state: "on",
  microphone: "open",
  hears: false,
  line: "good",
} as const;

const after = (state: TalkState) => nextHearing("heard", testedEnds(state));

test("[A7] « Oui » is taken back when the helper mutes, or the other end or the link is lost", () => {
  expect(after({ ...talk({}), theirs: THEIRS })).toBe("heard");
  expect(after({ ...talk({ microphone: "muted" }), theirs: THEIRS })).toBe("none");
  expect(after({ ...talk({ peer: "absent" }), theirs: THEIRS })).toBe("none");
  expect(after({ ...talk({}), theirs: undefined })).toBe("none");
});

test("while talking is by holding, « Oui » stands between two holds, and no longer than the link", () => {
  const held = talk({ microphone: "muted" }, {}, { holdToTalk: true });
  expect(after({ ...held, theirs: THEIRS })).toBe("heard");
  expect(after(held)).toBe("none");
});
