import type { Page } from "@playwright/test";
import { z } from "zod";

/**
 * Runs in a page before it plays anything: keeps what it plays, which need not be in the document.
 * What the page does with it is unchanged.
 */
const KEEP_SOUNDS = `{
  const kept = new Set();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (...given) {
    kept.add(this);
    return Reflect.apply(play, this, given);
  };
  globalThis.keptSounds = kept;
}`;

const PLAYED = `JSON.stringify([...keptSounds]
  .filter((one) => one.srcObject?.active)
  .map(({ paused, volume, sinkId }) => ({ paused, volume, speaker: sinkId })))`;

const playedSchema = z.array(
  z.strictObject({ paused: z.boolean(), volume: z.number(), speaker: z.string() }),
);
type Played = z.infer<typeof playedSchema>;

/** What the page plays now, from here on and after each load. */
export async function keepSounds(page: Page): Promise<() => Promise<Played>> {
  await page.addInitScript(KEEP_SOUNDS);
  await page.evaluate(KEEP_SOUNDS);
  return async () => playedSchema.parse(JSON.parse(await page.evaluate<string>(PLAYED)));
}
