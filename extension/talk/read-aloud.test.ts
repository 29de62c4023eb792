import { beforeEach, expect, test, vi } from "vitest";

import { createReadAloud, type ReadAloud } from "./read-aloud.ts";

type Said = {
  words: string;
  lang: string;
  rate: number;
  voice?: SpeechSynthesisVoice;
  end(): void;
};

let spoken: Said[];
let cancelled: number;
let speaking: boolean[];
let reader: ReadAloud;

function voice(name: string, lang: string, localService: boolean): SpeechSynthesisVoice {
  return { name, lang, localService, default: false, voiceURI: name };
}

const VOICES = [
  voice("cloud", "fr-FR", false),
  voice("english", "en-GB", true),
  voice("own", "fr-CA", true),
];
let voices: SpeechSynthesisVoice[];

function utterance(words: string): SpeechSynthesisUtterance & Said {
  const target = new EventTarget();
  const made = Object.assign(target, {
    words,
    lang: "",
    rate: 0,
    end: () => target.dispatchEvent(new Event("end")),
  });
  // Only what the reader uses.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return made as unknown as SpeechSynthesisUtterance & Said;
}

let named: EventTarget;
let unable: number;
let isBroken: boolean;

function createReader(hasSpeech = true): ReadAloud {
  return createReadAloud({
    speech: hasSpeech
      ? Object.assign(named, {
          speak: (said: SpeechSynthesisUtterance) => {
            if (isBroken) throw new Error("no speech");
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion
            spoken.push(said as SpeechSynthesisUtterance & Said);
          },
          cancel: () => {
            cancelled += 1;
          },
          getVoices: () => voices,
        })
      : undefined,
    createUtterance: utterance,
    changed: (now) => speaking.push(now),
    unable: () => {
      unable += 1;
    },
  });
}

const FRENCH = { language: "fr", speed: "normal" } as const;

/** What was asked for has been said, or refused. */
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  spoken = [];
  cancelled = 0;
  unable = 0;
  isBroken = false;
  speaking = [];
  voices = VOICES;
  named = new EventTarget();
  reader = createReader();
  return () => vi.useRealTimers();
});

test("in the person's language and speed, by a voice of the computer's own", async () => {
  reader.read("Cliquez en haut", { language: "fr", speed: "slow" });
  await settled();
  expect(spoken[0]).toMatchObject({ words: "Cliquez en haut", lang: "fr-FR", rate: 0.75 });
  expect(spoken[0]?.voice?.name).toBe("own");
});

test.each([
  ["one that would send the words elsewhere", [voice("cloud", "fr-FR", false)]],
  ["one of another language", [voice("english", "en-GB", true)]],
])("where there is no voice but %s, nothing is said, and that is", async (_, only) => {
  voices = only;
  reader.read("Bonjour", FRENCH);
  await settled();
  expect(spoken).toEqual([]);
  expect(speaking).toEqual([]);
  expect(unable).toBe(1);
});

test("a browser that names its voices late is waited for", async () => {
  voices = [];
  reader.read("un", FRENCH);
  reader.read("deux", FRENCH);
  await settled();
  expect(spoken).toEqual([]);
  voices = VOICES;
  named.dispatchEvent(new Event("voiceschanged"));
  await settled();
  expect(spoken.map(({ words }) => words)).toEqual(["un", "deux"]);
  expect(spoken[0]?.voice?.name).toBe("own");
});

test("a browser that never names one has none", async () => {
  voices = [];
  reader.read("Bonjour", FRENCH);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(spoken).toEqual([]);
  expect(unable).toBe(1);
});

test("a browser that cannot speak says so, and can be told to be quiet", async () => {
  reader = createReader(false);
  reader.read("Bonjour", FRENCH);
  await settled();
  expect(unable).toBe(1);
  expect(() => reader.stop()).not.toThrow();
});

test("words that the browser throws at are told, and what comes after them is read", async () => {
  isBroken = true;
  reader.read("un", FRENCH);
  await settled();
  expect(unable).toBe(1);
  expect(speaking).toEqual([]);
  isBroken = false;
  reader.read("deux", FRENCH);
  await settled();
  expect(spoken.map(({ words }) => words)).toEqual(["deux"]);
  expect(unable).toBe(1);
});

test("says when it speaks and when it has done", async () => {
  reader.read("un", FRENCH);
  reader.read("deux", FRENCH);
  await settled();
  expect(speaking).toEqual([true]);
  spoken[0]?.end();
  expect(speaking).toEqual([true]);
  spoken[1]?.end();
  expect(speaking).toEqual([true, false]);
});

test("stops at once, what waits included", async () => {
  reader.read("un", { language: "fr", speed: "fast" });
  await settled();
  reader.read("deux", { language: "fr", speed: "fast" });
  reader.stop();
  await settled();
  expect(spoken).toHaveLength(1);
  expect(cancelled).toBe(1);
  spoken[0]?.end();
  expect(speaking).toEqual([true, false]);
});
