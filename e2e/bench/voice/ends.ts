import type { Page } from "@playwright/test";

import { delaysOf, parseEnvelope, recordEnvelope } from "./envelope.ts";
import { COUNT_HEARD, gapsBetween, parseCounts } from "./listen.ts";

/** A document with a voice in it. */
export type End = (expression: string) => Promise<unknown>;

export const endOfPage =
  (page: Page): End =>
  async (expression) =>
    await page.evaluate<unknown>(expression);

export interface Way {
  /** Mouth to ear, one for each second. */
  delays: number[];
  missing: number;
  madeUp: number;
}

async function watch(from: End, to: End, ms: number): Promise<Way> {
  const before = parseCounts(await to(COUNT_HEARD));
  const [said, heard] = await Promise.all([
    from(recordEnvelope("said", ms)),
    to(recordEnvelope("heard", ms)),
  ]);
  const after = parseCounts(await to(COUNT_HEARD));
  const delays = delaysOf(parseEnvelope(said), parseEnvelope(heard));
  return { delays, ...gapsBetween(before, after) };
}

/** Both ways at once, for so long. */
export async function watchVoices(
  beneficiary: End,
  helper: End,
  ms: number,
): Promise<{ up: Way; down: Way }> {
  const [up, down] = await Promise.all([
    watch(beneficiary, helper, ms),
    watch(helper, beneficiary, ms),
  ]);
  return { up, down };
}
