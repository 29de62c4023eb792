import { writeFile } from "node:fs/promises";

const WAV_RATE = 48_000;

/** One channel; `sampleAt` gives −1 to 1 for each second and part of it. */
export async function writeWav(
  file: string,
  seconds: number,
  sampleAt: (time: number) => number,
): Promise<void> {
  const samples = WAV_RATE * seconds;
  const data = Buffer.alloc(samples * 2);
  for (let at = 0; at < samples; at += 1)
    data.writeInt16LE(Math.round(sampleAt(at / WAV_RATE) * 0x7fff), at * 2);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(WAV_RATE, 24);
  head.writeUInt32LE(WAV_RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  await writeFile(file, Buffer.concat([head, data]));
}
