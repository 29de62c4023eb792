import { z } from "zod";

/** The level of a sound over time: instants of this machine's clock in ms, and levels. */
const envelopeSchema = z.array(z.tuple([z.number(), z.number()]));
export type Envelope = z.infer<typeof envelopeSchema>;

const GRID_MS = 5;
const WINDOW_MS = 3_000;
const STEP_MS = 1_000;
const LONGEST_MS = 2_000;
/** Below, the two have too little in common: a gap, or silence. */
const ALIKE = 0.75;

/**
 * An expression for a document with `keptConnections`: for so long, the level of what it says or of
 * what it hears, every 5 ms. The instants are the audio clock's, set by the earliest of the calls
 * that brought them, so that a busy document makes no difference.
 */
export function recordEnvelope(side: "said" | "heard", ms: number): string {
  const ends = side === "said" ? "getSenders" : "getReceivers";
  return `(async () => {
    const tracks = keptConnections
      .filter((connection) => connection.connectionState !== "closed")
      .flatMap((connection) => connection.${ends}().map(({ track }) => track))
      .filter((track) => track?.kind === "audio" && track.readyState === "live");
    const audio = new AudioContext();
    const tap = audio.createScriptProcessor(256, 1, 1);
    for (const track of tracks)
      audio.createMediaStreamSource(new MediaStream([track])).connect(tap);
    const nobody = audio.createGain();
    nobody.gain.value = 0;
    tap.connect(nobody).connect(audio.destination);
    const levels = [];
    let offset = Infinity;
    tap.onaudioprocess = ({ inputBuffer, playbackTime }) => {
      const at = playbackTime * 1000;
      offset = Math.min(offset, performance.timeOrigin + performance.now() - at);
      const samples = inputBuffer.getChannelData(0);
      levels.push([at, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / 256)]);
    };
    await new Promise((resolve) => setTimeout(resolve, ${ms}));
    await audio.close();
    return JSON.stringify(levels.map(([at, level]) => [at + offset, level]));
  })()`;
}

export function parseEnvelope(said: unknown): Envelope {
  return envelopeSchema.parse(JSON.parse(z.string().parse(said)));
}

/** One value for each 5 ms from `start` on; a hole keeps the value before it. */
function onGrid(envelope: Envelope, start: number, count: number): Float64Array {
  const grid = new Float64Array(count);
  let next = 0;
  let level = 0;
  for (let index = 0; index < count; index += 1) {
    const until = start + index * GRID_MS;
    for (let entry = envelope[next]; entry && entry[0] <= until; entry = envelope[next]) {
      [, level] = entry;
      next += 1;
    }
    grid[index] = level;
  }
  return grid;
}

/** Pearson's, of `count` values of each from its own place on. */
function likeness(one: Float64Array, other: Float64Array, from: number, lag: number): number {
  const count = WINDOW_MS / GRID_MS;
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const a = one[from + index] ?? 0;
    const b = other[from + lag + index] ?? 0;
    sumA += a;
    sumB += b;
    sumAA += a * a;
    sumBB += b * b;
    sumAB += a * b;
  }
  const spread = Math.sqrt((count * sumAA - sumA ** 2) * (count * sumBB - sumB ** 2));
  return spread > 0 ? (count * sumAB - sumA * sumB) / spread : 0;
}

/**
 * How long the sound took, for each second that was said: where what was heard is most alike. One
 * that is like nothing that was heard gives nothing.
 */
export function delaysOf(said: Envelope, heard: Envelope): number[] {
  const start = Math.max(said[0]?.[0] ?? 0, heard[0]?.[0] ?? 0);
  const end = Math.min(said.at(-1)?.[0] ?? 0, heard.at(-1)?.[0] ?? 0);
  const count = Math.max(0, Math.floor((end - start) / GRID_MS));
  const [one, other] = [onGrid(said, start, count), onGrid(heard, start, count)];
  const found: number[] = [];
  const last = count - (WINDOW_MS + LONGEST_MS) / GRID_MS;
  for (let from = 0; from <= last; from += STEP_MS / GRID_MS) {
    let best = { lag: 0, alike: 0 };
    for (let lag = 0; lag < LONGEST_MS / GRID_MS; lag += 1) {
      const alike = likeness(one, other, from, lag);
      if (alike > best.alike) best = { lag, alike };
    }
    if (best.alike > ALIKE) found.push(best.lag * GRID_MS);
  }
  return found;
}
