import { writeWav } from "./wav.ts";

const SECONDS = 2;
const LOUDNESS = 0.5;
/** Like syllables: a browser takes a tone that never changes for noise, and removes it. */
const SYLLABLES_PER_S = 4;

/** A WAV file that a browser takes for what its microphone hears, again and again. */
export async function writeTone(file: string, hertz: number): Promise<void> {
  await writeWav(file, SECONDS, (time) => {
    const phase = (time * SYLLABLES_PER_S) % 1;
    const swell = phase < 0.6 ? Math.sin((Math.PI * phase) / 0.6) : 0;
    return LOUDNESS * swell * Math.sin(2 * Math.PI * hertz * time);
  });
}

/** The flags of a browser whose microphone hears that file. */
export function microphoneFlags(file: string): string[] {
  return ["--use-fake-device-for-media-stream", `--use-file-for-fake-audio-capture=${file}`];
}
