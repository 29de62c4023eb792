import { describe, expect, test } from "vitest";

import type { VoiceView } from "../../messaging/talk-view.ts";
import { THEIRS, voice } from "./testing/voice-view.ts";
import { isLineBad, isVoiceless, theirSilence, voiceNow } from "./voice-words.ts";

describe("« votre micro est ouvert : … vous entend »", () => {
  test("is said on the other end's own word only", () => {
    expect(voiceNow(voice({}))).toBe("alone");
    expect(voiceNow(voice({ theirs: { ...THEIRS, state: "joining" } }))).toBe("alone");
    expect(voiceNow(voice({ theirs: THEIRS }))).toBe("open");
    expect(voiceNow(voice({ theirs: THEIRS, peer: "absent" }))).toBe("alone");
    expect(voiceNow(voice({ theirs: THEIRS, isHeard: true }))).toBe("heard");
  });

  test.each<[Partial<VoiceView>, ReturnType<typeof voiceNow>]>([
    [{ microphone: "muted", muted: true }, "muted"],
    [{ microphone: "muted", muted: false }, "joining"],
    [{ microphone: "unasked" }, "unasked"],
    [{ microphone: "refused" }, "refused"],
    [{ microphone: "none" }, "none"],
    [{ state: "joining", microphone: "muted" }, "joining"],
    [{ state: "joining", microphone: "refused" }, "refused"],
    [{ state: "unavailable", microphone: "refused" }, "unavailable"],
    [{ state: "off", microphone: "open" }, "off"],
  ])("%j is %s", (change, now) => {
    expect(voiceNow(voice({ theirs: THEIRS, ...change }))).toBe(now);
  });
});

test("other ways come forward only where nothing brings the voice across", () => {
  expect(isVoiceless(undefined)).toBe(true);
  for (const change of [
    { state: "unavailable" },
    { microphone: "refused" },
    { microphone: "none" },
  ] as const)
    expect(isVoiceless(voice(change))).toBe(true);
  for (const change of [
    {},
    { state: "joining" },
    { microphone: "muted" },
    { microphone: "unasked" },
  ] as const)
    expect(isVoiceless(voice(change))).toBe(false);
});

test.each([
  ["none", "mute"],
  ["refused", "mute"],
  ["muted", "muted"],
  ["unasked", "unasked"],
  ["open", undefined],
] as const)("a helper whose microphone is %s: %s", (microphone, said) => {
  expect(theirSilence(voice({ theirs: { ...THEIRS, microphone } }))).toBe(said);
});

test("nothing is said of the helper's microphone before their voice is there", () => {
  expect(theirSilence(voice({}))).toBeUndefined();
  for (const state of ["joining", "off", "unavailable"] as const)
    expect(
      theirSilence(voice({ theirs: { ...THEIRS, state, microphone: "muted" } })),
    ).toBeUndefined();
});

test("a bad line is told, whosever it is", () => {
  expect(isLineBad(voice({ line: "poor" }))).toBe(true);
  expect(isLineBad(voice({ theirs: { ...THEIRS, line: "poor" } }))).toBe(true);
  expect(isLineBad(voice({ line: "fair", theirs: THEIRS }))).toBe(false);
  expect(isLineBad(voice({ state: "joining", line: "poor" }))).toBe(false);
});
