import { setTimeout as delay } from "node:timers/promises";

import { goLive } from "../../driver/bring-live.ts";
import { poorLine } from "../../driver/shaping/line.ts";
import { createVoicePair, HEARD, type VoicePair } from "../../driver/voice-pair.ts";
import type { Site } from "../../site/server.ts";
import { delays, emptyField, KEYSTROKES, typeSlowly } from "../observe.ts";
import { type End, endOfPage, type Way, watchVoices } from "./ends.ts";
import { writeSyllables } from "./syllables.ts";
import { effectsOf } from "./typed.ts";

const WATCH_MS = 15_000;
const SETTLE_MS = 5_000;

export interface Pages {
  home: string;
  search: string;
  /** Of which the key frame takes seconds on the line. */
  large: string;
}

interface Mirror {
  typing: number[];
  /** From the navigation to the page in the mirror. */
  large: number;
}

export interface Poor {
  alone: Mirror;
  beside: Mirror;
  quiet: { up: Way; down: Way };
  /** While a large key frame crosses. */
  busy: { up: Way; down: Way };
}

async function typing({ two, desk }: VoicePair, url: string): Promise<number[]> {
  const { tab } = two.beneficiary;
  await tab.goto(url);
  await desk.mirror.locator("#compte").waitFor();
  await delay(SETTLE_MS);
  await emptyField(tab, "#texte");
  const seen = effectsOf(desk.mirrorFrame, "#compte", KEYSTROKES);
  return delays(await typeSlowly(tab, "#texte", KEYSTROKES), await seen);
}

async function large({ two, desk }: VoicePair, url: string): Promise<number> {
  const { tab } = two.beneficiary;
  const began = Date.now();
  await tab.goto(url, { waitUntil: "commit" });
  await desk.mirror.locator("table").first().waitFor({ timeout: 60_000 });
  return Date.now() - began;
}

/** Issue 3's line at the beneficiary's end: the voice and the mirror, each alone and beside the other. */
export async function measurePoor(site: Site, pages: Pages): Promise<Poor> {
  const pair = await createVoicePair({
    site,
    url: pages.home,
    beneficiaryHears: (file) => writeSyllables(file, 1),
    helperHears: (file) => writeSyllables(file, 2),
    line: poorLine(),
  });
  try {
    const host: End = (expression) => pair.host.evaluate(expression);
    const desk = endOfPage(pair.two.helper.page);
    await goLive(pair, { first: true, waits: true });
    await pair.desk.voiceLine().filter({ hasText: HEARD }).waitFor({ timeout: 60_000 });
    await delay(SETTLE_MS);
    const quiet = await watchVoices(host, desk, WATCH_MS);
    const typed = await typing(pair, pages.search);
    const [busy, crossed] = await Promise.all([
      watchVoices(host, desk, WATCH_MS),
      delay(1_000).then(() => large(pair, pages.large)),
    ]);
    await pair.world.livekit?.kill();
    const alone = { typing: await typing(pair, pages.search), large: Number.NaN };
    alone.large = await large(pair, pages.large);
    return { alone, beside: { typing: typed, large: crossed }, quiet, busy };
  } finally {
    await pair.close();
  }
}
