import { expect, test } from "vitest";

import { seededRandom } from "../../driver/shaping/seeded-random.ts";
import { delaysOf, type Envelope } from "./envelope.ts";

/** Syllables of 125 ms, as the microphones of the benchmark hear them. */
function speech(seconds: number, seed: number): Envelope {
  const random = seededRandom(seed);
  const syllables = Array.from({ length: seconds * 8 }, () => (random() < 0.6 ? random() : 0));
  return Array.from({ length: (seconds * 1_000) / 5 }, (_, index) => [
    10_000 + index * 5,
    syllables[Math.floor((index * 5) / 125)] ?? 0,
  ]);
}

const later = (envelope: Envelope, ms: number): Envelope =>
  envelope.map(([at, level]) => [at + ms, level * 0.4]);

test.each([0, 85, 240, 1_400])("a sound that comes %i ms later is found to", (ms) => {
  const said = speech(10, 1);
  const found = delaysOf(said, later(said, ms));
  expect(found.length).toBeGreaterThanOrEqual(3);
  for (const one of found) expect(Math.abs(one - ms)).toBeLessThanOrEqual(5);
});

test("a delay that changes on the way is found as both", () => {
  const said = speech(12, 1);
  const heard = said.map(([at, level]): Envelope[number] => [
    at + (at < 16_000 ? 100 : 300),
    level,
  ]);
  const found = delaysOf(said, heard);
  expect(Math.abs((found[0] ?? 0) - 100)).toBeLessThanOrEqual(5);
  expect(Math.abs((found.at(-1) ?? 0) - 300)).toBeLessThanOrEqual(5);
});

test("another sound, or silence, gives nothing", () => {
  expect(delaysOf(speech(8, 1), speech(8, 2))).toEqual([]);
  expect(
    delaysOf(
      speech(8, 1),
      speech(8, 1).map(([at]) => [at, 0]),
    ),
  ).toEqual([]);
});
