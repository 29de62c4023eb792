import { seededRandom } from "../../driver/shaping/seeded-random.ts";
import { writeWav } from "../../driver/wav.ts";

const SECONDS = 20;
const PER_S = 8;
const EDGE_S = 0.01;

/** Syllables of other heights and loudnesses, and pauses, so that no two seconds are alike. */
export async function writeSyllables(file: string, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const syllables = Array.from({ length: SECONDS * PER_S }, () => ({
    loud: random() < 0.6 ? 0.2 + 0.5 * random() : 0,
    hertz: 200 + Math.floor(random() * 100) * PER_S,
  }));
  await writeWav(file, SECONDS, (time) => {
    const syllable = syllables[Math.floor(time * PER_S)];
    if (!syllable) return 0;
    const within = time % (1 / PER_S);
    const edge = Math.min(1, within / EDGE_S, (1 / PER_S - within) / EDGE_S);
    return syllable.loud * edge * Math.sin(2 * Math.PI * syllable.hertz * within);
  });
}
