/** [S2] As long as a ring lasts: the notes are handed over at once, since a hidden tab's timers are slowed. */
const RING_S = 60;
const EVERY_S = 3;
const NOTES = [
  { hertz: 659.3, at: 0 },
  { hertz: 523.3, at: 0.42 },
];
const LOUDNESS = 0.16;

export interface Chime {
  /** Soft, two notes, again and again. Does nothing where the browser refuses sound. */
  start(): void;
  stop(): void;
  /** Once, to hear how it sounds; a press also makes the browser allow it. */
  tryOut(): Promise<boolean>;
  /** Whether it could be heard now. */
  isAllowed(): boolean;
}

export function createChime(openAudio: () => AudioContext): Chime {
  let audio: AudioContext | undefined;
  let playing: GainNode | undefined;

  function ready(): AudioContext {
    audio ??= openAudio();
    return audio;
  }

  return {
    start() {
      if (playing) return;
      const context = ready();
      playing = play(context, RING_S);
      // Refused until the page was used once: title and notification still tell.
      if (context.state === "suspended") void context.resume().catch(() => undefined);
    },
    stop() {
      playing?.disconnect();
      playing = undefined;
    },
    async tryOut() {
      const context = ready();
      if (context.state === "suspended") await context.resume().catch(() => undefined);
      if (context.state !== "running") return false;
      play(context, EVERY_S);
      return true;
    },
    isAllowed: () => ready().state === "running",
  };
}

function note(context: AudioContext, out: AudioNode, hertz: number, at: number): void {
  const tone = context.createOscillator();
  const loudness = context.createGain();
  tone.type = "sine";
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.04);
  loudness.gain.exponentialRampToValueAtTime(0.0008, at + 0.95);
  tone.connect(loudness).connect(out);
  tone.start(at);
  tone.stop(at + 1);
}

function play(context: AudioContext, seconds: number): GainNode {
  const out = context.createGain();
  out.connect(context.destination);
  for (let at = 0; at < seconds; at += EVERY_S)
    for (const { hertz, at: offset } of NOTES)
      note(context, out, hertz, context.currentTime + 0.05 + at + offset);
  return out;
}
