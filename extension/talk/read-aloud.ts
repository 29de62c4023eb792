/** The part of the browser's own speech that is used. */
export type Speech = Pick<
  SpeechSynthesis,
  "speak" | "cancel" | "getVoices" | "addEventListener" | "removeEventListener"
>;
export type Speed = "slow" | "normal" | "fast";

const RATES = { slow: 0.75, normal: 1, fast: 1.35 } as const satisfies Record<Speed, number>;

/** A browser names its voices late; one that never does has none. */
const VOICES_MS = 2_000;

export type ReadAloud = ReturnType<typeof createReadAloud>;

/**
 * Words said by a voice of this computer, one after another. Nothing leaves the computer for it:
 * where there is no such voice of that language, nothing is said, and `unable` is told.
 */
export function createReadAloud(options: {
  /** Absent: a browser that cannot speak. */
  speech: Speech | undefined;
  createUtterance: (words: string) => SpeechSynthesisUtterance;
  /** Whether something is being said. */
  changed: (speaking: boolean) => void;
  unable: () => void;
}) {
  const { speech } = options;
  const queued = new Set<SpeechSynthesisUtterance>();
  let run = 0;
  let turn = Promise.resolve();

  async function voiceFor(language: string): Promise<SpeechSynthesisVoice | undefined> {
    if (!speech) return undefined;
    if (speech.getVoices().length === 0) await voicesOf(speech);
    return speech
      .getVoices()
      .find(({ lang, localService }) => localService && lang.slice(0, 2) === language);
  }

  function done(utterance: SpeechSynthesisUtterance): void {
    if (queued.delete(utterance) && queued.size === 0) options.changed(false);
  }

  async function say(words: string, language: string, speed: Speed, mine: number): Promise<void> {
    const voice = await voiceFor(language);
    if (mine !== run) return;
    if (!speech || !voice) return options.unable();
    const utterance = options.createUtterance(words);
    utterance.lang = language === "fr" ? "fr-FR" : "en-GB";
    utterance.rate = RATES[speed];
    utterance.voice = voice;
    utterance.addEventListener("end", () => done(utterance));
    utterance.addEventListener("error", () => done(utterance));
    speech.speak(utterance);
    queued.add(utterance);
    if (queued.size === 1) options.changed(true);
  }

  return {
    read(words: string, { language, speed }: { language: string; speed: Speed }): void {
      const mine = run;
      // What this one throws must not silence those after it.
      turn = turn.then(() => say(words, language, speed, mine)).catch(() => options.unable());
    },
    /** At once, what waits included. */
    stop(): void {
      run += 1;
      const wasSpeaking = queued.size > 0;
      queued.clear();
      speech?.cancel();
      if (wasSpeaking) options.changed(false);
    },
  };
}

function voicesOf(speech: Speech): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      speech.removeEventListener("voiceschanged", done);
      resolve();
    };
    const timer = setTimeout(done, VOICES_MS);
    speech.addEventListener("voiceschanged", done);
  });
}
